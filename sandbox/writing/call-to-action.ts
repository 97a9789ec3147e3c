/** The button of an ad. */

import { fieldsOf, valuesOf } from '../catalog/catalog.js'
import { invalidParameter, refused } from '../protocol/errors.js'
import { isRecord } from '../protocol/parameters.js'

/** Marketing API, ad creative, `call_to_action_type`: those of the SDKs, and further ones from the reference. */
const TYPES: ReadonlySet<string> = new Set([
  ...valuesOf('AdCreative', 'CallToActionType'),
  'BOOK_TEST_DRIVE',
  'CHAT_ON_WHATSAPP',
  'CHECK_AVAILABILITY',
  'LOYALTY_LEARN_MORE',
  'MESSAGE_USER',
  'MOMENTS',
  'SEE_MENU',
  'TRY_IN_CAMERA',
  'VISIT_WORLD',
  'WHATSAPP_LINK',
])
const VALUE_KEYS = fieldsOf('AdCreativeLinkDataCallToActionValue')

export interface CallToAction {
  readonly type: string
  readonly link: string | null
}

/** Returns null without a button. @throws GraphError 100, with 1373054 if the value is not a button */
export function readCallToAction(given: unknown, path: string): CallToAction | null {
  if (given === undefined || given === null) return null
  if (!isRecord(given) || typeof given.type !== 'string') {
    throw refused(1373054, 'No call to action', `No call to action could be read from ${path}: it needs a type and a value.`, [
      path,
    ])
  }
  const { type, value = {}, ...rest } = given
  if (Object.keys(rest).length > 0) throw invalidParameter(`Param ${path} has an unknown key: ${Object.keys(rest)[0] ?? ''}`)
  if (!TYPES.has(type)) throw invalidParameter(`Param ${path}[type] must be one of the call to action types - got "${type}"`)
  if (!isRecord(value)) throw invalidParameter(`Param ${path}[value] must be an object`)
  const unknown = Object.keys(value).find((key) => !VALUE_KEYS.includes(key))
  if (unknown !== undefined) throw invalidParameter(`Param ${path}[value] has an unknown key: ${unknown}`)
  return { type, link: typeof value.link === 'string' ? value.link : null }
}
