/** Proves that a call comes from the app that the token belongs to. */

import { createHmac } from 'node:crypto'

/**
 * Returns a function that computes the parameter `appsecret_proof` from a token; undefined without an app secret. Graph API,
 * "Secure Graph API calls": HMAC-SHA256 of the token with the app secret as key, in hex.
 */
export const signWith = (appSecret: string | undefined): ((token: string) => Readonly<Record<string, string>>) | undefined =>
  appSecret === undefined
    ? undefined
    : (token) => ({ appsecret_proof: createHmac('sha256', appSecret).update(token).digest('hex') })
