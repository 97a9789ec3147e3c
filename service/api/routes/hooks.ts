import { randomUUID } from 'node:crypto'

import type { Context } from 'hono'
import Type from 'typebox'

import { eventOfSignature } from '../../../store/incoming/hook-events.js'
import { checkHookAccess, type HookSignature } from '../access/hook-access.js'
import type { ApiContext } from '../http/context.js'
import { answer, operation } from '../http/operation.js'
import { ProblemError } from '../http/problem.js'
import { parseJson, readBody } from '../http/request-body.js'
import { shape } from '../shapes/common.js'
import { takeHookEvent } from '../work/hook-events.js'

/** Bytes; an event is a short notification, not a file. */
const MOST_BYTES = 65_536
/** How long a signature of the body alone identifies the event that it first came with, milliseconds. */
const REPLAY_WINDOW = 3 * 24 * 3_600_000
/** Headers in which senders put an event's id; the first one present counts. */
const ID_HEADERS = ['webhook-id', 'idempotency-key', 'x-event-id'] as const

const HookEvent = shape('HookEvent', {
  event: Type.String({ description: 'The event’s id: the one that it first came with, or a generated one' }),
  hook: Type.String(),
  rules: Type.Array(Type.String(), { description: 'Rules that wait for this hook' }),
  accounts: Type.Array(Type.String(), { description: 'Accounts for which they are evaluated' }),
  duplicate: Type.Boolean({ description: 'The event was received before, so nothing was started' }),
})

export const hookOperations = [
  operation({
    id: 'receiveHookEvent',
    method: 'post',
    path: '/hooks/{name}',
    tag: 'Rules',
    summary: 'Receives an event; rules with `on: <name>` are evaluated at once',
    description:
      'Rules read its JSON as `payload.…`. Sign it with TETIK_HOOK_SECRET (`X-Hub-Signature-256` or Standard Webhooks), or send a ' +
      'bearer token: TETIK_HOOK_TOKEN or the API’s own. TETIK_HOOK_<NAME>_SECRET and TETIK_HOOK_<NAME>_TOKEN replace these for one ' +
      'hook. The id of an event is in `webhook-id`, `Idempotency-Key` or `X-Event-Id`. A repeated id fires once; without an id, ' +
      'every call is a new event. `X-Hub-Signature-256` covers only the body: for three days, the same body counts as the same ' +
      'event, whatever its id. A signature is valid only for the hook that received it first. At most 64 KiB.',
    open: true,
    params: { name: Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 64 }) },
    rawBody: 'A JSON object',
    problems: ['unauthorized', 'not-found', 'invalid-json', 'body-too-large', 'unavailable', 'temporal-unavailable'],
    responses: { 202: { description: 'The event is stored', schema: HookEvent } },
    handle: async ({ params: { name }, http }, context) => {
      const body = await readBody(http, MOST_BYTES)
      const { signature } = checkHookAccess(context, name, http, body)
      const payload = readObject(body)
      const given = eventId(http)
      const event = signature === null ? given : await eventOf(context, name, signature, given)
      const taken = await takeHookEvent(context, name, event, payload)
      return answer(202, {
        event,
        hook: name,
        rules: [...taken.rules],
        accounts: [...taken.accounts],
        duplicate: taken.duplicate,
      })
    },
  }),
]

/**
 * Returns the id of the event of a signed call. If the signature does not cover the id, anybody could change it, so the same
 * signature is the same event.
 *
 * @throws ProblemError `unauthorized` if another hook received the same signature before
 */
async function eventOf({ store, now }: ApiContext, hook: string, signature: HookSignature, given: string): Promise<string> {
  const { digest, coversId, passing } = signature
  const first = await eventOfSignature(store, {
    ...{ hook, digest, passing, event: given, at: now() },
    since: now() - REPLAY_WINDOW,
  })
  if (first.hook !== hook) {
    const names = `TETIK_HOOK_${hook.toUpperCase().replaceAll('-', '_')}_SECRET`
    throw new ProblemError(
      'unauthorized',
      `The hook ${first.hook} received this signature before, and a signature is valid for one hook. Give ${hook} its own secret (${names}).`,
    )
  }
  return coversId ? given : first.event
}

function eventId(http: Context): string {
  const given = ID_HEADERS.map((name) => http.req.header(name)).find((id) => id !== undefined && id !== '')
  if (given === undefined) return randomUUID()
  if (/^[\x21-\x7e]{1,200}$/.test(given)) return given
  throw new ProblemError('invalid-request', 'An event’s id has 1 to 200 visible ASCII characters.')
}

function readObject(body: Uint8Array): object {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw new ProblemError('invalid-json', 'The body is not UTF-8.')
  }
  const value = parseJson(text)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw new ProblemError('invalid-json', 'An event must be a JSON object.')
}
