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

/** Bytes: an event reports that something happened, and contains no files. */
const MOST_BYTES = 65_536
/** For how long a plain signature stands for the event that it first came with, milliseconds. */
const REPLAY_WINDOW = 3 * 24 * 3_600_000
/** Headers that senders put an event's own id in, the first that is there counts. */
const ID_HEADERS = ['webhook-id', 'idempotency-key', 'x-event-id'] as const

const HookEvent = shape('HookEvent', {
  event: Type.String({ description: 'The event’s id: the one that it first came with, or one of ours where there was none' }),
  hook: Type.String(),
  rules: Type.Array(Type.String(), { description: 'Rules that wait for this hook' }),
  accounts: Type.Array(Type.String(), { description: 'Accounts for which they are evaluated' }),
  duplicate: Type.Boolean({ description: 'It had come before, so nothing was started' }),
})

export const hookOperations = [
  operation({
    id: 'receiveHookEvent',
    method: 'post',
    path: '/hooks/{name}',
    tag: 'Rules',
    summary: 'An event from outside: rules with `on: <name>` are evaluated at once',
    description:
      'Its JSON is `payload.…` in those rules. Signed with TETIK_HOOK_SECRET (`X-Hub-Signature-256`, or as Standard Webhooks ' +
      'has it), or with a bearer token: TETIK_HOOK_TOKEN or the API’s own. A hook’s own keys are TETIK_HOOK_<NAME>_SECRET and ' +
      'TETIK_HOOK_<NAME>_TOKEN. The id of an event is in `webhook-id`, `Idempotency-Key` or `X-Event-Id`; the same id twice ' +
      'fires once, and without an id every call is an event of its own. `X-Hub-Signature-256` covers the body alone: for three ' +
      'days the same body is the same event there, whatever its id. A signature counts for the hook that it first came to, and for no other later. At most 64 KiB.',
    open: true,
    params: { name: Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 64 }) },
    rawBody: 'A JSON object',
    problems: ['unauthorized', 'not-found', 'invalid-json', 'body-too-large', 'unavailable', 'temporal-unavailable'],
    responses: { 202: { description: 'It was taken', schema: HookEvent } },
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
 * The event that a signed call is. An id that is not signed proves nothing: the same signature is the same event, whatever id it
 * has.
 *
 * @throws ProblemError `unauthorized` where the same signature came to another hook before
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
      `This signed event came to the hook ${first.hook} before, and a signature counts for one hook. Give ${hook} a secret of its own (${names}).`,
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
    throw new ProblemError('invalid-json', 'The body is no JSON: it is not UTF-8.')
  }
  const value = parseJson(text)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw new ProblemError('invalid-json', 'An event is a JSON object.')
}
