import { listAccounts } from '../../../store/accounts.js'
import type { ApiContext } from '../context.js'
import { metricsText } from '../metrics.js'
import { answer, operation } from '../operation.js'
import { Health, Readiness } from '../shapes/health.js'

const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

export const machineOperations = [
  operation({
    id: 'health',
    method: 'get',
    path: '/healthz',
    tag: 'For machines',
    summary: 'Whether the process answers',
    open: true,
    responses: { 200: { description: 'It does', schema: Health } },
    handle: () => Promise.resolve(answer(200, { status: 'ok' as const })),
  }),
  operation({
    id: 'readiness',
    method: 'get',
    path: '/readyz',
    tag: 'For machines',
    summary: 'Whether the store and Temporal answer as well',
    open: true,
    responses: {
      200: { description: 'Everything answers', schema: Readiness },
      503: { description: 'Something does not', schema: Readiness },
    },
    handle: async (_, context) => {
      const [store, temporal] = await Promise.all([storeAnswers(context), context.temporal.answers()])
      const body = { store: store ? 'ok' : 'broken', temporal: temporal ? 'ok' : 'unreachable' } as const
      return store && temporal
        ? answer(200, { status: 'ready' as const, ...body })
        : answer(503, { status: 'not-ready' as const, ...body })
    },
  }),
  operation({
    id: 'metrics',
    method: 'get',
    path: '/metrics',
    tag: 'For machines',
    summary: 'Figures in Prometheus’ text format',
    open: true,
    responses: { 200: { description: 'Figures', schema: null, contentType: METRICS_TYPE } },
    handle: async (_, context) => new Response(await metricsText(context), { headers: { 'content-type': METRICS_TYPE } }),
  }),
]

async function storeAnswers({ store }: ApiContext): Promise<boolean> {
  try {
    await listAccounts(store)
    return true
  } catch {
    return false
  }
}
