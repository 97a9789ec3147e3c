/** Links into Temporal's web UI. */

import type { ApiContext } from './context.js'

/** A workflow's page; without a run it is the workflow's latest. */
export function workflowUrl(
  { temporalUi }: Pick<ApiContext, 'temporalUi'>,
  workflowId: string | null,
  runId: string | null = null,
): string | null {
  if (temporalUi === null || workflowId === null) return null
  const page = `${temporalUi.url}/namespaces/${encodeURIComponent(temporalUi.namespace)}/workflows/${encodeURIComponent(workflowId)}`
  return runId === null ? page : `${page}/${encodeURIComponent(runId)}`
}
