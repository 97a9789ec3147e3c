/** `/{id}/copies`, read: the copies of a campaign, an ad set or an ad. */

import type { Call } from '../request/call.js'
import type { GraphObject } from '../state/objects.js'

/** Returns all copies of an object, by any author, except deleted ones. */
export const copiesOf = (call: Call, source: GraphObject): GraphObject[] =>
  call.world.objects.all(source.kind).filter((object) => object.fields.source_id === source.id && isKept(object))

export const isKept = ({ fields }: GraphObject): boolean => fields.status !== 'DELETED' && fields.status !== 'ARCHIVED'
