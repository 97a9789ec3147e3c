/**
 * Temporal's queues, ids and limits in one place, as pure data, so that workflows, workers, the command and scripts use the same
 * names. Nothing here reads the environment: `service/temporal/connection.ts` does.
 */

/** Task queues. Meta's and WhatsApp's rate limits are per task queue, hence one each. */
export type TaskQueue =
  /** Workflows, and activities that only touch our own store. */
  | 'main'
  | 'metaReads'
  | 'metaMutations'
  | 'whatsapp'
  /** Work that takes seconds of a processor, in threads of its own. */
  | 'forecasts'

export interface TemporalNames {
  readonly queues: Readonly<Record<TaskQueue, string>>
  /** Readable in Temporal's list: kind, account, detail. A schedule has the id of the workflow that it starts. */
  readonly ids: WorkflowIds
}

export type WorkflowIds = ReturnType<typeof workflowIdsOf>

/**
 * The names of one installation's work. Two projects may share a namespace: what one of them started must not be carried out
 * by the other, on another store and another account.
 *
 * @param installation eight hexadecimal digits; empty for an installation older than these ids, whose names stay without a prefix
 */
export function temporalNames(installation: string): TemporalNames {
  const main = installation === '' ? 'tetik' : `tetik-${installation}`
  return {
    queues: {
      main,
      metaReads: `${main}-meta-reads`,
      metaMutations: `${main}-meta-mutations`,
      whatsapp: `${main}-whatsapp`,
      forecasts: `${main}-forecasts`,
    },
    ids: workflowIdsOf(installation === '' ? '' : `${installation}:`),
  }
}

/** The names that a workflow's own queue (the main one) belongs to: a workflow knows no other. */
export const namesOfQueue = (main: string): TemporalNames => temporalNames(/^tetik-([0-9a-f]{8})$/.exec(main)?.[1] ?? '')

const workflowIdsOf = (prefix: string) => ({
  watch: (account: string) => `${prefix}watch:${account}`,
  /** One for all events of an account: they share readings of it. */
  events: (account: string) => `${prefix}events:${account}`,
  carryOut: (account: string, rule: string, entityKey: string) => `${prefix}carry-out:${account}:${rule}:${entityKey}`,
  message: (messageId: string) => `${prefix}message:${messageId}`,
  change: (requestId: string) => `${prefix}change:${requestId}`,
  /** Looks after a confirmed change while an earlier one may still arrive. */
  keep: (mutation: string) => `${prefix}keep:${mutation}`,
  /** One for all runs of a launch: two never overlap. */
  launch: (account: string, key: string) => `${prefix}launch:${account}:${key}`,
  /** Reading the plan changes nothing, and may run at the same time as the launch. */
  launchPlan: (account: string, key: string, run: string) => `${prefix}launch-plan:${account}:${key}:${run}`,
})

/** Average activities a second over all workers; the connectors' token buckets hold the bursts. */
export const TASK_QUEUE_RATES: Readonly<Record<TaskQueue, number | null>> = {
  main: null,
  metaReads: 20,
  metaMutations: 10,
  whatsapp: 20,
  forecasts: null,
}

/**
 * Search attributes, all of type Keyword (a SQL-backed server takes ten of those). They are stored in clear: no names of
 * people, phone numbers or tokens.
 */
export const SEARCH_ATTRIBUTES = {
  rule: 'TetikRule',
  account: 'TetikAccount',
  /** quiet | fired | carried-out | refused | failed | sent | delivered */
  verdict: 'TetikVerdict',
  /** pause | start | budget | bid | duplicate | rename | label | launch | whatsapp | webhook | ask | check */
  action: 'TetikAction',
} as const

export const SCHEDULES = {
  /** A check missed for longer than this is worthless; a burst after downtime is harmful. */
  catchupWindow: '2m',
  /** However seldom its rules are due, an account is read this often, in milliseconds. */
  reading: 30 * 60_000,
  /** The finest tick of an account, in milliseconds. */
  finestTick: 60_000,
  /** A tick that starts later than this after its time judges now instead, in milliseconds. */
  latestTick: 120_000,
} as const

/** The WhatsApp template that carries a text outside of the 24-hour window, as its one parameter. */
export const TEMPLATE = 'tetik_alert'
/** The one that asks for an approval there: the same parameter, and two quick replies, approve first. */
export const APPROVAL_TEMPLATE = 'tetik_approval'

/** How long a message waits for webhooks, in milliseconds. */
export const MESSAGE_WAITS = {
  /** For a status webhook with our reference, after a send whose outcome is unknown. WhatsApp reports within seconds. */
  reference: 2 * 60_000,
  /** For the report that a phone got it. A phone that is off for longer still sets the message's row, but nobody waits. */
  delivery: 6 * 3_600_000,
} as const

/** After how long a message whose answer was lost is sent once more though no webhook shows itself, and how often that is looked at; milliseconds. */
export const REPEAT = { deadline: 15 * 60_000, look: 30_000 } as const

export const DEFAULT_NAMESPACE = 'default'
