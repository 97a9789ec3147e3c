import { expect } from 'vitest'

/** Returns the error that `work` failed with. The test fails if it succeeds, or fails with an error of another class. */
export async function failureOf<E extends Error>(work: Promise<unknown>, type: abstract new (...of: never[]) => E): Promise<E> {
  const error = await work.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(type)
  return error as E
}
