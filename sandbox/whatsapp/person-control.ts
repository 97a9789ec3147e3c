/** `POST /sandbox/person`: a person hides their number, shows it again, or gets another user id. */

import { WHATSAPP } from '../base/identity.js'
import { isRecord } from '../protocol/parameters.js'
import { InboundError, readPerson } from './inbound.js'
import type { Person } from './people.js'
import type { Phone } from './phone.js'

const KEYS = ['from', 'hidden', 'user_id', 'form']

/**
 * Handles `{ "hidden": true }`, or `{ "user_id": "renew" }`, which is reported as a system message, or with
 * `"form": "user_id_update"` as the webhook field of early 2026. `"from"` is the owner by default.
 * @throws InboundError with a message that says what is wrong
 */
export function changePerson(phone: Phone, given: unknown): Person {
  if (!isRecord(given)) throw new InboundError('Give an object, as { "hidden": true } or { "user_id": "renew" }.')
  const surplus = Object.keys(given).filter((key) => !KEYS.includes(key))
  if (surplus.length > 0) throw new InboundError(`Unknown: ${surplus.join(', ')}. Known are ${KEYS.join(', ')}.`)
  const person = readPerson(given.from ?? WHATSAPP.owner.phone)
  const { hidden, user_id: userId, form = 'system' } = given
  if (hidden === undefined && userId === undefined) throw new InboundError('Give hidden, or user_id.')
  if (hidden !== undefined) {
    const isHidden = hidden === true || hidden === 'true'
    if (!isHidden && hidden !== false && hidden !== 'false') throw new InboundError('hidden is true or false.')
    phone.people.hide(person, isHidden)
  }
  if (userId !== undefined) {
    if (userId !== 'renew') throw new InboundError('user_id is "renew".')
    if (form !== 'system' && form !== 'user_id_update') throw new InboundError('form is system or user_id_update.')
    phone.renewUserId(person, form)
  }
  return phone.people.at(person)
}

export const shownPerson = ({ phone, userId, name, username, isHidden }: Person): Record<string, unknown> => ({
  phone: `+${phone}`,
  user_id: userId,
  name,
  username,
  hidden: isHidden,
})
