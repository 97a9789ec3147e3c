/** Checks that a webhook comes from WhatsApp. Comparisons take constant time, however much of a guess is right. */

import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/**
 * @param header `X-Hub-Signature-256`: `sha256=` and the hex HMAC of the raw body with the app secret as key.
 * @returns False also if no app secret is set, since an empty key verifies nothing.
 */
export function isSignedBy(appSecret: string, rawBody: Uint8Array, header: string | undefined): boolean {
  const given = /^sha256=([0-9a-f]{64})$/i.exec(header ?? '')?.[1]
  if (given === undefined || appSecret === '') return false
  const expected = createHmac('sha256', appSecret).update(rawBody).digest()
  return timingSafeEqual(Buffer.from(given, 'hex'), expected)
}

/**
 * Answers WhatsApp's request to verify that this URL may be subscribed.
 *
 * @param query The query of the GET, by name.
 * @returns The challenge, to be sent back as plain text with status 200; null to refuse with 403.
 */
export function verifySubscription(query: Readonly<Record<string, string | undefined>>, verifyToken: string): string | null {
  const challenge = query['hub.challenge']
  const given = query['hub.verify_token']
  if (query['hub.mode'] !== 'subscribe' || challenge === undefined || given === undefined || verifyToken === '') return null
  // Hashes have the same length, as the comparison requires, and do not reveal the length of the token.
  const digest = (text: string) => createHash('sha256').update(text).digest()
  if (!timingSafeEqual(digest(given), digest(verifyToken))) return null
  return /^[\w.-]{1,256}$/.test(challenge) ? challenge : null
}
