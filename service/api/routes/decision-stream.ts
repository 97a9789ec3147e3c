import { streamSSE } from 'hono/streaming'

import type { DecisionRow } from '../../../store/decisions/decisions.js'
import { operation } from '../http/operation.js'
import { ProblemError } from '../http/problem.js'
import { summaryOf } from '../views/decision.js'
import { wordsOfDecisions } from '../work/decision-words.js'

/** Milliseconds; proxies close connections that are silent for a minute. */
const HEARTBEAT = 20_000
/** The limit keeps the cost of pages that are left open small. */
const MOST_STREAMS = 200

export const decisionStreamOperations = [
  operation({
    id: 'streamDecisions',
    method: 'get',
    path: '/api/decisions/stream',
    tag: 'Rules',
    summary: 'Streams decisions as they are made and carried out, as server-sent events',
    description:
      'Each event is named `decision` and its data is a DecisionSummary; one is sent whenever the decision, its changes or its ' +
      'messages change. Connecting again with the `Last-Event-ID` that a browser remembers leaves nothing out.',
    problems: ['unavailable'],
    responses: { 200: { description: 'Events', schema: null, contentType: 'text/event-stream' } },
    // eslint-disable-next-line @typescript-eslint/require-await -- streamSSE answers at once and streams afterwards
    handle: async ({ http }, context) => {
      if (context.live.size >= MOST_STREAMS)
        throw new ProblemError('unavailable', `${MOST_STREAMS} pages are connected already; close some.`)
      const lastSeen = http.req.header('last-event-id')
      const after = lastSeen !== undefined && /^\d{1,15}$/.test(lastSeen) ? Number(lastSeen) : null
      return streamSSE(http, async (stream) => {
        const queue: DecisionRow[] = []
        let wake = (): void => {}
        const stop = await context.live.listen((decisions) => {
          queue.push(...decisions)
          wake()
        }, after)
        const close = (): void => stream.abort()
        context.live.closed.addEventListener('abort', close)
        stream.onAbort(() => wake())
        try {
          // A first line, so that the browser sees at once that the connection is open.
          await stream.write(': connected\n\n')
          while (!stream.aborted) {
            const decision = queue.shift()
            if (decision !== undefined) {
              const words = await wordsOfDecisions(context.store, [decision])
              const data = JSON.stringify(summaryOf(context, decision, words(decision)))
              await stream.writeSSE({ event: 'decision', id: String(decision.change_number), data })
            } else if (!(await news(HEARTBEAT, (resume) => (wake = resume)))) {
              await stream.write(': still here\n\n')
            }
          }
        } finally {
          context.live.closed.removeEventListener('abort', close)
          stop()
        }
      })
    },
  }),
]

/** Resolves to true when `wake` is called, or to false after `limit` milliseconds. */
function news(limit: number, onWake: (wake: () => void) => void): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), limit).unref()
    onWake(() => {
      clearTimeout(timer)
      resolve(true)
    })
  })
}
