/** The button of an ad. */

import { invalidParameter, refused } from '../errors.js'
import { isRecord } from '../parameters.js'

/** Marketing API, ad creative, `call_to_action_type`. */
const TYPES = new Set(
  `ADD_TO_CART APPLY_NOW ASK_ABOUT_SERVICES ASK_FOR_MORE_INFO ASK_US AUDIO_CALL BOOK_A_CONSULTATION BOOK_NOW BOOK_TEST_DRIVE
  BOOK_TRAVEL BROWSE_SHOP BUY BUY_NOW BUY_TICKETS BUY_VIA_MESSAGE CALL CALL_ME CALL_NOW CHAT_NOW CHAT_ON_WHATSAPP CHAT_WITH_US
  CHECK_AVAILABILITY CONFIRM CONTACT CONTACT_US DONATE DONATE_NOW DOWNLOAD EVENT_RSVP FIND_A_GROUP FIND_OUT_MORE FIND_YOUR_GROUPS
  FOLLOW_NEWS_STORYLINE FOLLOW_PAGE FOLLOW_USER GET_DETAILS GET_A_QUOTE GET_DIRECTIONS GET_IN_TOUCH GET_OFFER GET_OFFER_VIEW GET_PROMOTIONS GET_QUOTE GET_SHOWTIMES
  GET_STARTED INQUIRE_NOW INSTALL_APP INSTALL_MOBILE_APP JOIN_CHANNEL LEARN_MORE LIKE_PAGE LISTEN_MUSIC LISTEN_NOW LOYALTY_LEARN_MORE
  MAKE_AN_APPOINTMENT MESSAGE_PAGE MESSAGE_USER MOBILE_DOWNLOAD MOMENTS NO_BUTTON OPEN_INSTANT_APP OPEN_LINK ORDER_NOW PAY_TO_ACCESS
  PLAY_GAME PLAY_GAME_ON_FACEBOOK PURCHASE_GIFT_CARDS RAISE_MONEY RECORD_NOW REFER_FRIENDS REQUEST_TIME SAY_THANKS SEE_MENU
  SEE_MORE SEE_SHOP SELL_NOW SEND_A_GIFT SEND_GIFT_MONEY SEND_UPDATES SHARE SHOP_NOW SHOP_WITH_AI SIGN_UP SOTTO_SUBSCRIBE START_A_CHAT
  START_ORDER SUBSCRIBE SWIPE_UP_PRODUCT SWIPE_UP_SHOP TRY_DEMO TRY_IN_CAMERA TRY_ON_WITH_AI UPDATE_APP USE_APP USE_MOBILE_APP
  VIDEO_ANNOTATION VIDEO_CALL VIEW_CART VIEW_CHANNEL VIEW_IN_CART VIEW_PRODUCT VISIT_PAGES_FEED VISIT_WEBSITE VISIT_WORLD WATCH_LIVE_VIDEO WATCH_MORE
  WATCH_VIDEO WHATSAPP_LINK WHATSAPP_MESSAGE WOODHENGE_SUPPORT`
    .split(/\s+/)
    .filter((type) => type !== ''),
)
const VALUE_KEYS = [
  'app_destination',
  'app_link',
  'application',
  'event_id',
  'lead_gen_form_id',
  'link',
  'link_caption',
  'link_format',
  'page',
  'product_link',
  'whatsapp_number',
]

export interface CallToAction {
  readonly type: string
  readonly link: string | null
}

/** Null where there is none. @throws GraphError 100, with 1373054 where it is no button at all */
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
