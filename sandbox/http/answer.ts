/** Handles a Graph request, or a batch of them, from its bytes to its response. */

import { readParameters } from '../protocol/parameters.js'
import { answerBatch, isBatch } from './batch.js'
import { type Answered, answerOne, type GraphRequest, type GraphServer } from './one-request.js'

export type { GraphServer } from './one-request.js'

/** The response; `hang` and `reset` are connections without one. */
export type Outcome =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly body: string
      readonly delay: number
    }
  | { readonly kind: 'hang' }
  | { readonly kind: 'reset' }

export async function answerGraph(server: GraphServer, request: Request): Promise<Outcome> {
  const url = new URL(request.url)
  const given: GraphRequest = {
    method: request.method.toUpperCase(),
    origin: url.origin,
    path: url.pathname,
    authorization: request.headers.get('authorization'),
    query: Object.fromEntries(url.searchParams),
    parameters: () => readParameters(request, url),
  }
  const answered = isBatch(given) ? await answerBatch(server, given) : await answerOne(server, given)
  return outcomeOf(answered)
}

function outcomeOf({ fault, silent, status, headers, body }: Answered): Outcome {
  if (silent) return { kind: fault?.kind === 'connection-reset' || fault?.kind === 'late-write' ? 'reset' : 'hang' }
  const text = JSON.stringify(body)
  return {
    kind: 'answer',
    status,
    headers,
    body: fault?.kind === 'malformed-json' ? text.slice(0, Math.ceil(text.length / 2)) : text,
    delay: fault?.kind === 'slow' ? (fault.delay ?? 3000) : 0,
  }
}
