/** Parameters that no document of Meta's names: they change nothing, the call succeeds all the same, and only the log shows them. */

import { UploadedFile } from '../base/uploaded-file.js'
import { hasType, parametersOf } from '../catalog/catalog.js'
import { invalidParameter } from '../protocol/errors.js'
import { COMMON, type Parameters } from '../protocol/parameters.js'
import type { Call } from './call.js'

/** Of every list and object that is read; the SDK's objects name only what is a list's own. */
const READING = ['fields', 'limit', 'after', 'before', 'summary', 'total_count', 'filtering', 'sort', 'date_preset', 'time_range']
/** Documented, and missing in the SDKs' objects. */
const UNDOCUMENTED: Readonly<Record<string, readonly string[]>> = {
  'GET /insights': [
    'date_preset',
    'time_range',
    'time_ranges',
    'use_account_attribution_setting',
    'use_unified_attribution_setting',
  ],
  'POST /insights': ['limit', 'after', 'before', 'use_account_attribution_setting', 'use_unified_attribution_setting'],
  'GET /ads': ['updated_since', 'effective_status'],
  'GET /adsets': ['updated_since', 'effective_status'],
  'GET /copies': ['effective_status'],
  'POST /adimages': ['filename', 'name'],
  'POST /advideos': ['name', 'video_file_chunk', 'source', 'slideshow_spec'],
  'POST /': ['execution_options', 'include_recommendations'],
  'POST /adlabels': ['execution_options'],
}

export interface Asked {
  /** Name of the node type; one that is not in the catalog has the caller's own parameters alone. */
  readonly type: string
  readonly method: string
  /** Empty for the object itself. */
  readonly edge: string
  readonly parameters: Parameters
  /** Where they are within the request, for the log: empty, or as in `creative`. */
  readonly within?: string
}

/**
 * Notes in the call what is unknown.
 * @param own documented of this call, as the handler knows
 * @throws GraphError 100 for `date_format`, which Meta took away on 2026-10-27
 */
export function swallowUnknown(call: Call, asked: Asked, own: readonly string[] = []): void {
  const { type, method, edge, parameters, within } = asked
  if ('date_format' in parameters) throw invalidParameter('The date_format parameter is no longer supported')
  const documented = (hasType(type) ? parametersOf(type, method, edge) : undefined) ?? {}
  const undocumented = UNDOCUMENTED[`${method} /${edge}`] ?? []
  const reading = method === 'GET' ? READING : ['fields']
  for (const [name, value] of Object.entries(parameters)) {
    // The name of a form's file part is the sender's own.
    if (value instanceof UploadedFile) continue
    if (Object.hasOwn(documented, name) || [COMMON, undocumented, reading, own].some((list) => list.includes(name))) continue
    noteSwallowed(call, within === undefined ? name : `${within}[${name}]`)
  }
}

/** Once for each place, however often it is read. */
export function noteSwallowed({ swallowed }: Pick<Call, 'swallowed'>, place: string): void {
  if (!swallowed.includes(place)) swallowed.push(place)
}
