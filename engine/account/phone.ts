/** A recipient's phone number, which is either in `tetik.yaml` or in an environment variable. */

import type { Recipient } from './account.js'

/** Returns the number in E.164 with `+`; null if the variable is not set or does not contain such a number. */
export function phoneNumberOf(
  { phone }: Pick<Recipient, 'phone'>,
  variables: Readonly<Record<string, string | undefined>>,
): string | null {
  const written = phone.kind === 'number' ? phone.number : variables[phone.variable]
  const number = written?.replace(/[\s()-]/g, '')
  return number !== undefined && /^\+\d{7,15}$/.test(number) ? number : null
}
