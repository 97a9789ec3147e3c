/** The sandbox's account, phone numbers and secrets, the same on every machine. None of them gives access to anything real. */

export const IDENTITY = {
  accountId: '1234567890',
  accountName: 'Moda TR',
  businessId: '201122334455667',
  currency: 'TRY',
  timezoneName: 'Europe/Istanbul',
  /** Meta's number for the zone. */
  timezoneId: 134,
  token: 'sandbox-token',
  /** The token of a person in Ads Manager: the activity log names them as the author of its edits. */
  personToken: 'sandbox-token-of-a-person',
  expiredToken: 'sandbox-token-expired',
  appId: '998877665544332',
  appSecret: 'sandbox-app-secret',
  systemUser: { id: '122100000000000001', name: 'Sandbox system user' },
  pageId: '110022003300440',
  pixelId: '774411225588330',
} as const

export const WHATSAPP = {
  phoneNumberId: '106540352242922',
  displayPhoneNumber: '+90 850 555 01 02',
  verifiedName: 'Moda TR',
  businessAccountId: '102290129340398',
  token: 'sandbox-whatsapp-token',
  appSecret: 'sandbox-whatsapp-secret',
  verifyToken: 'sandbox-verify-token',
  /** The default recipient of messages. */
  owner: { phone: '+905551112233', name: 'Ayşe (owner)' },
} as const

/** The available versions of the Marketing API, the newest first, and the day on which each ends. As of 2026-11. */
const VERSIONS: readonly { readonly name: string; readonly ends: string | null }[] = [
  { name: 'v27.0', ends: null },
  { name: 'v26.0', ends: null },
  { name: 'v25.0', ends: '2027-02-23' },
]

export const NEWEST_VERSION = 'v27.0'

export const answersVersion = (version: string, now: number): boolean =>
  VERSIONS.some(({ name, ends }) => name === version && (ends === null || now < Date.parse(ends)))
