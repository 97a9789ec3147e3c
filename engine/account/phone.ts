/** A recipient's phone number, which `tetik.yaml` holds or names by variable. */

import type { Recipient } from './account.js'

/** In E.164, with `+`; null if the variable is not set or its value is no such number. */
export function phoneNumberOf(
  { phone }: Pick<Recipient, 'phone'>,
  variables: Readonly<Record<string, string | undefined>>,
): string | null {
  const written = phone.kind === 'number' ? phone.number : variables[phone.variable]
  const number = written?.replace(/[\s()-]/g, '')
  return number !== undefined && /^\+\d{7,15}$/.test(number) ? number : null
}
