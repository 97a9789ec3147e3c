/** The author of an edit: the token's owner, a person in Ads Manager, another tool, or Meta itself. */

import { IDENTITY } from './identity.js'

export interface Author {
  readonly actor: { readonly id: string; readonly name: string }
  readonly application: { readonly id: string; readonly name: string } | null
}

export type AuthorKind = 'token' | 'person' | 'app' | 'meta'

const AYSE = { id: '10158000000000001', name: 'Ayşe Yılmaz' }

export const AUTHORS: Readonly<Record<AuthorKind, Author>> = {
  token: { actor: IDENTITY.systemUser, application: { id: IDENTITY.appId, name: 'Sandbox app' } },
  person: { actor: AYSE, application: { id: '119211728144504', name: 'Ads Manager' } },
  app: { actor: AYSE, application: { id: '555000111222333', name: 'AdPilot' } },
  // Automated adjustments.
  meta: { actor: { id: '0', name: 'Meta' }, application: null },
}
