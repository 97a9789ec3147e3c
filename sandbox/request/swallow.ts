/** Parameters that Meta does not document: the call succeeds without them, and they appear only in the log. */

import { UploadedFile } from '../base/uploaded-file.js'
import { hasType, parametersOf } from '../catalog/catalog.js'
import { invalidParameter } from '../protocol/errors.js'
import { COMMON, type Parameters } from '../protocol/parameters.js'
import type { Call } from './call.js'

/** Parameters of every read; the SDK's objects contain only those that are specific to an edge. */
const READING = ['fields', 'limit', 'after', 'before', 'summary', 'total_count', 'filtering', 'sort', 'date_preset', 'time_range']
/** Documented parameters that are missing from the SDKs' objects. */
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
  /** The node type; for one that is not in the catalog only the caller's own parameters are known. */
  readonly type: string
  readonly method: string
  /** Empty for the object itself. */
  readonly edge: string
  readonly parameters: Parameters
  /** The place of the parameters within the request, for the log, such as `creative`; absent at the top level. */
  readonly within?: string
}

/**
 * Notes undocumented parameters in the call.
 * @param own further documented parameters that the handler knows
 * @throws GraphError 100 for `date_format`, which Meta removed on 2026-10-27
 */
export function swallowUnknown(call: Call, asked: Asked, own: readonly string[] = []): void {
  const { type, method, edge, parameters, within } = asked
  if ('date_format' in parameters) throw invalidParameter('The date_format parameter is no longer supported')
  const documented = (hasType(type) ? parametersOf(type, method, edge) : undefined) ?? {}
  const undocumented = UNDOCUMENTED[`${method} /${edge}`] ?? []
  const reading = method === 'GET' ? READING : ['fields']
  for (const [name, value] of Object.entries(parameters)) {
    // The sender chooses the name of a file part in a form.
    if (value instanceof UploadedFile) continue
    if (Object.hasOwn(documented, name) || [COMMON, undocumented, reading, own].some((list) => list.includes(name))) continue
    noteSwallowed(call, within === undefined ? name : `${within}[${name}]`)
  }
}

/** Notes each place once, however often it is read. */
export function noteSwallowed({ swallowed }: Pick<Call, 'swallowed'>, place: string): void {
  if (!swallowed.includes(place)) swallowed.push(place)
}
