/** A valid new object, before it is created. */

import { invalidParameter, refused } from '../protocol/errors.js'
import { enumParameter, textParameter } from '../protocol/parameters.js'
import type { Call } from '../request/call.js'
import { required } from '../request/required.js'
import type { FieldValues, GraphObject, ObjectKind } from '../state/objects.js'
import { CONFIGURED } from '../state/status.js'

export interface NewObject {
  readonly kind: ObjectKind
  readonly parent: string | null
  readonly fields: FieldValues
  /** The inline creative of an ad, which is created before it. */
  readonly creative?: FieldValues
}

/** Parameters of every create call. */
export const CREATING = ['adlabels', 'execution_options', 'name', 'status']

/** Reads the status, by default ACTIVE as at Meta. Only an update can set DELETED and ARCHIVED. */
export const readStatus = (call: Call): string =>
  enumParameter(call.parameters, 'status', [CONFIGURED[0], CONFIGURED[1]]) ?? 'ACTIVE'

const WORDS: Readonly<Record<string, string>> = { campaign: 'campaign', adset: 'ad set', ad: 'ad' }

/** Returns the parent of a new object, which must exist, be neither deleted nor archived, and not be full. */
export function readParent(call: Call, name: string, kind: ObjectKind, most: number): GraphObject {
  const id = required(textParameter(call.parameters, name), name)
  const parent = call.world.objects.find(id)
  if (parent?.kind !== kind) throw invalidParameter(`Param ${name} must be a valid ${WORDS[kind]} ID`)
  if (parent.fields.status === 'DELETED' || parent.fields.status === 'ARCHIVED') {
    throw refused(
      kind === 'campaign' ? 1487566 : 1487056,
      `Cannot edit ${String(parent.fields.status).toLowerCase()} object`,
      `The ${WORDS[kind]} has been ${String(parent.fields.status).toLowerCase()}: nothing can be made in it.`,
      [name],
    )
  }
  const kept = call.world.objects
    .childrenOf(id)
    .filter(({ fields }) => fields.status !== 'DELETED' && fields.status !== 'ARCHIVED')
  if (kept.length >= most) {
    throw refused(null, 'Too many objects', `The ${WORDS[kind]} has ${most} already, which is the most. Delete or archive some.`)
  }
  return parent
}
