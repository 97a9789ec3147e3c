import { DEFAULT_VERSION } from '../graph-versions.js'
import { createActivityCalls } from './activities.js'
import { createAdRuleCalls } from './ad-rules.js'
import { createChangeCalls } from './changes.js'
import type { MetaClient, MetaClientOptions } from './client.js'
import { createCopyCalls } from './copies.js'
import { createCreatingCalls } from './creating.js'
import { createInsightsCalls } from './insights-calls.js'
import { createMediaCalls } from './media.js'
import { createMetaGraph } from './meta-graph.js'
import { createStructureCalls } from './structure.js'

/**
 * Creates the client; it does not connect yet.
 *
 * @throws TypeError for an invalid base URL
 */
export function createMetaClient(options: MetaClientOptions): MetaClient {
  const graph = createMetaGraph(options)
  return {
    version: options.version ?? DEFAULT_VERSION,
    ...createStructureCalls(graph),
    ...createInsightsCalls(graph),
    ...createChangeCalls(graph),
    ...createCopyCalls(graph),
    ...createAdRuleCalls(graph),
    ...createActivityCalls(graph),
    ...createCreatingCalls(graph),
    ...createMediaCalls(graph),
    close: () => graph.close(),
  }
}
