/** Identifies the caller by the token in the query, the body or the header, and by its proof. */

import { createHmac, timingSafeEqual } from 'node:crypto'

import { IDENTITY, WHATSAPP } from '../base/identity.js'
import { expiredToken, invalidProof, invalidToken, missingToken, permissionMissing } from './errors.js'
import type { Parameters } from './parameters.js'

export interface Credentials {
  /** The called API; each token gives access only to its own. */
  readonly product: 'ads' | 'whatsapp'
  readonly authorization: string | null
  readonly parameters: Parameters
  readonly now: number
}

const TOKENS = {
  ads: { valid: IDENTITY.token, other: WHATSAPP.token, secret: IDENTITY.appSecret },
  whatsapp: { valid: WHATSAPP.token, other: IDENTITY.token, secret: WHATSAPP.appSecret },
} as const

/**
 * @returns whose token it is
 * @throws GraphError 104, 190/467, 190/463, 200 or 100 for the proof. WhatsApp answers 190 with HTTP 401.
 */
export function checkToken({ product, authorization, parameters, now }: Credentials): 'app' | 'person' {
  const bearer = /^(?:Bearer|OAuth)\s+(.+)$/i.exec(authorization ?? '')?.[1]
  const given = typeof parameters.access_token === 'string' ? parameters.access_token : bearer
  const status = product === 'whatsapp' ? 401 : 400
  if (given === undefined || given === '') throw missingToken(status)
  if (given === IDENTITY.expiredToken) throw expiredToken(now, status)
  const token = TOKENS[product]
  if (given === token.other) {
    throw permissionMissing(
      product === 'ads'
        ? 'Ad account owner has NOT grant ads_management or ads_read permission'
        : 'You do not have the permission whatsapp_business_messaging',
    )
  }
  const isPersons = product === 'ads' && given === IDENTITY.personToken
  if (given !== token.valid && !isPersons) throw invalidToken(status)
  const proof = parameters.appsecret_proof
  if (
    proof !== undefined &&
    !sameText(typeof proof === 'string' ? proof : '', createHmac('sha256', token.secret).update(given).digest('hex'))
  ) {
    throw invalidProof()
  }
  return isPersons ? 'person' : 'app'
}

function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}
