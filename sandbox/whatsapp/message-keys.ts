/**
 * The documented keys of a message, at any depth (Cloud API, "Messages"). Other keys change nothing and appear only in the log.
 */

import type { Call } from '../request/call.js'
import { swallowUnknown } from '../request/swallow.js'
import { type Keys, names, withoutUnknown } from './known-keys.js'

const MEDIA = names('id', 'link', 'caption', 'filename', 'provider')
const FILES = { image: MEDIA, video: MEDIA, document: MEDIA }

const PARAMETER: Keys = {
  ...names('type', 'text', 'parameter_name', 'payload', 'coupon_code', 'action', 'order_status', 'order_details'),
  ...names('tap_target_configuration', 'tap_target_title'),
  ...FILES,
  currency: names('fallback_value', 'code', 'amount_1000'),
  date_time: names('fallback_value', 'day_of_week', 'year', 'month', 'day_of_month', 'hour', 'minute', 'calendar', 'timestamp'),
  limited_time_offer: names('expiration_time_ms'),
  location: names('latitude', 'longitude', 'name', 'address'),
  product: names('product_retailer_id', 'catalog_id'),
}
const COMPONENT: Keys = { ...names('type', 'sub_type', 'index'), parameters: PARAMETER }

const BY_TYPE: Keys = {
  text: names('body', 'preview_url'),
  interactive: {
    type: null,
    header: { ...names('type', 'text', 'sub_text'), ...FILES },
    body: names('text'),
    footer: names('text'),
    action: {
      button: null,
      buttons: { type: null, reply: names('id', 'title') },
      sections: { title: null, rows: names('id', 'title', 'description'), product_items: names('product_retailer_id') },
    },
  },
  template: {
    name: null,
    language: names('code', 'policy'),
    components: { ...COMPONENT, cards: { card_index: null, components: COMPONENT } },
  },
}
const OF_EVERY_MESSAGE: Keys = {
  ...names('messaging_product', 'recipient_type', 'to', 'recipient', 'type', 'biz_opaque_callback_data'),
  context: names('message_id'),
}
/** The keys of a call that marks a message as read. */
const OF_A_STATUS: Keys = { ...names('messaging_product', 'status', 'message_id'), typing_indicator: names('type') }

/** @param type the message's type, or `status` for a call that marks a message as read */
export function swallowMessageKeys(call: Call, type: string): void {
  const { method, parameters } = call
  const keys: Keys = type === 'status' ? OF_A_STATUS : { ...OF_EVERY_MESSAGE, [type]: BY_TYPE[type] ?? null }
  swallowUnknown(call, { type: 'WhatsAppBusinessPhoneNumber', method, edge: 'messages', parameters }, Object.keys(keys))
  for (const [name, within] of Object.entries(keys)) if (within !== null) withoutUnknown(call, parameters[name], within, name)
}
