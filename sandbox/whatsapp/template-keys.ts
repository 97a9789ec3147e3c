/** The documented keys of a template's components (Cloud API, "Template components"). */

import { type Keys, names } from './known-keys.js'

const NAMED = names('param_name', 'example')
const EXAMPLE: Keys = {
  ...names('header_text', 'header_handle', 'body_text'),
  header_text_named_params: NAMED,
  body_text_named_params: NAMED,
}
const APP = names('package_name', 'signature_hash')
const BUTTON: Keys = {
  ...names('type', 'text', 'url', 'phone_number', 'example', 'icon', 'app_deep_link'),
  ...names('flow_id', 'flow_name', 'flow_json', 'flow_action', 'navigate_screen'),
  ...names('otp_type', 'autofill_text', 'zero_tap_terms_accepted'),
  ...APP,
  supported_apps: APP,
}
const PART: Keys = {
  ...names('type', 'format', 'text', 'add_security_recommendation', 'code_expiration_minutes'),
  example: EXAMPLE,
  buttons: BUTTON,
  limited_time_offer: names('text', 'has_expiration'),
}
export const COMPONENT: Keys = { ...PART, cards: { components: PART } }
