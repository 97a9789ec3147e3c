/** The evidence for the checks, once all work is done: the sandbox's log and phone, the ledger, and the driver's own requests. */

import type { LoggedRequest } from '../../sandbox/state/request-log.js'
import { openStore } from '../../store/base/store.js'
import type { Row } from '../../store/tables/tables.js'
import type { Project } from '../end-to-end/project.js'
import type { AskedChange, AskedEvent, StopWord } from './record.js'

/** A write at Meta in the sandbox's log, including one that set the existing value again. */
export interface Write {
  /** The request's number; later requests have larger ones. */
  readonly request: number
  readonly at: number
  readonly entity: string
  readonly field: string
  readonly before: string
  readonly after: string
  /** False for an edit made outside tetik. */
  readonly ours: boolean
  readonly fault: string | null
}

/** Meta's response to tetik reading one object. */
export interface Reading {
  readonly request: number
  readonly at: number
  readonly entity: string
}

export interface PhoneMessage {
  readonly id: string
  readonly at: number
  readonly text: string
  /** Id of our message; null for one without. */
  readonly reference: string | null
}

export interface Evidence {
  readonly asked: readonly AskedChange[]
  readonly events: readonly AskedEvent[]
  readonly words: readonly StopWord[]
  readonly writes: readonly Write[]
  readonly readings: readonly Reading[]
  readonly phone: readonly PhoneMessage[]
  readonly ledger: readonly Row<'mutations'>[]
  readonly requests: readonly Row<'requested_changes'>[]
  readonly decisions: readonly Row<'decisions'>[]
  readonly messages: readonly Row<'messages'>[]
  readonly sends: readonly Row<'sends'>[]
  readonly stops: readonly Row<'stops'>[]
}

export type StoreEvidence = Pick<Evidence, 'ledger' | 'requests' | 'decisions' | 'messages' | 'sends' | 'stops'>

export async function storeEvidence(project: Project): Promise<StoreEvidence> {
  const store = await openStore(project.settings.storeUrl)
  try {
    const { db } = store
    return {
      ledger: await db.selectFrom('mutations').selectAll().orderBy('order_number').execute(),
      requests: await db.selectFrom('requested_changes').selectAll().orderBy('order_number').execute(),
      decisions: await db
        .selectFrom('decisions')
        .selectAll()
        .where((row) => row.or([row('outcome', '=', 'fire'), row('event', 'is not', null)]))
        .orderBy('created_at')
        .execute(),
      messages: await db.selectFrom('messages').selectAll().orderBy('created_at').execute(),
      sends: await db.selectFrom('sends').selectAll().orderBy('id').execute(),
      stops: await db.selectFrom('stops').selectAll().orderBy('since').execute(),
    }
  } finally {
    await store.close()
  }
}

/** Whether a person's own tool made the request: tetik's requests are signed with the app secret. */
const isOurs = ({ parameters }: LoggedRequest): boolean => 'appsecret_proof' in parameters

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? ''))

export async function sandboxEvidence(project: Project): Promise<Pick<Evidence, 'writes' | 'readings' | 'phone'>> {
  const list = async (query: string): Promise<readonly LoggedRequest[]> =>
    (await project.sandbox<{ requests: readonly LoggedRequest[] }>(`/sandbox/requests?${query}`)).requests
  const written = await list('effects=true')
  const read = await list('method=GET')
  const { messages } = await project.sandbox<{ messages: readonly Record<string, string | null>[] }>(
    '/sandbox/messages?direction=out&limit=10000',
  )
  return {
    writes: written.flatMap((request) =>
      request.mutations.map(({ object, field, before, after }) => ({
        request: request.id,
        at: Date.parse(request.time),
        entity: object,
        field,
        before: textOf(before),
        after: textOf(after),
        ours: isOurs(request),
        fault: request.fault,
      })),
    ),
    readings: read.flatMap((request) => {
      const entity = /^\/v\d+\.\d+\/(\d+)$/.exec(request.path)?.[1]
      if (entity === undefined || request.status !== 200 || !isOurs(request)) return []
      return [{ request: request.id, at: Date.parse(request.time), entity }]
    }),
    phone: messages.map(({ id, time, text, biz_opaque_callback_data: reference }) => ({
      id: id ?? '',
      at: Date.parse(time ?? ''),
      text: text ?? '',
      reference: reference ?? null,
    })),
  }
}
