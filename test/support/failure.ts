import { expect } from 'vitest'

/** What work failed with. A test in which it does not fail, or with something of another class, ends here. */
export async function failureOf<E extends Error>(work: Promise<unknown>, type: abstract new (...of: never[]) => E): Promise<E> {
  const error = await work.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(type)
  return error as E
}
