/**
 * Temporal's task queues, ids and limits as pure data, so that workflows, workers, the command and scripts use the same names.
 * Connection settings are read in `service/settings/temporal-settings.ts`.
 */

/** Task queues. Rates are limited per task queue, so Meta's reads and writes and WhatsApp have one each. */
export type TaskQueue =
  /** Workflows, and activities that only touch our own store. */
  | 'main'
  | 'metaReads'
  | 'metaMutations'
  | 'whatsapp'
  /** Work that takes seconds of CPU time, in worker threads. */
  | 'forecasts'

export interface TemporalNames {
  readonly queues: Readonly<Record<TaskQueue, string>>
  /** Workflow ids, readable in Temporal's list: kind, account, detail. A schedule has the id of the workflow that it starts. */
  readonly ids: WorkflowIds
}

export type WorkflowIds = ReturnType<typeof workflowIdsOf>

/**
 * Returns the names of one installation's queues and workflows. Two projects may share a namespace, and neither may run the other's
 * workflows, which belong to another store and other accounts.
 *
 * @param installation eight hexadecimal digits; empty for an installation from before these ids, whose names have no prefix
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

/** Returns the names of the installation with this main queue, which is all that a workflow knows about it. */
export const namesOfQueue = (main: string): TemporalNames => temporalNames(/^tetik-([0-9a-f]{8})$/.exec(main)?.[1] ?? '')

const workflowIdsOf = (prefix: string) => ({
  watch: (account: string) => `${prefix}watch:${account}`,
  /** One for all events of an account, which share its syncs. */
  events: (account: string) => `${prefix}events:${account}`,
  carryOut: (account: string, rule: string, entityKey: string) => `${prefix}carry-out:${account}:${rule}:${entityKey}`,
  message: (messageId: string) => `${prefix}message:${messageId}`,
  change: (requestId: string) => `${prefix}change:${requestId}`,
  /** Guards a confirmed change while an earlier one may still arrive at Meta. */
  keep: (mutation: string) => `${prefix}keep:${mutation}`,
  /** One for all runs of a launch: two never overlap. */
  launch: (account: string, key: string) => `${prefix}launch:${account}:${key}`,
  /** Planning is read-only, so it may run at the same time as the launch. */
  launchPlan: (account: string, key: string, run: string) => `${prefix}launch-plan:${account}:${key}:${run}`,
})

/** Average activities per second over all workers, null for no limit; the connectors' token buckets limit bursts. */
export const TASK_QUEUE_RATES: Readonly<Record<TaskQueue, number | null>> = {
  main: null,
  metaReads: 20,
  metaMutations: 10,
  whatsapp: 20,
  forecasts: null,
}

/**
 * Search attributes, all of type Keyword, of which a SQL-backed server allows ten. They are stored unencrypted, so they must not
 * contain names of people, phone numbers or tokens.
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
  /** Ticks missed for longer than this are dropped: they are worthless, and a burst of them after downtime would be harmful. */
  catchupWindow: '2m',
  /** How often an account is read even if its rules are due less often, milliseconds. */
  reading: 30 * 60_000,
  /** The shortest interval between ticks of an account, milliseconds. */
  finestTick: 60_000,
  /** A tick that starts later than this evaluates the current time instead of its scheduled one, milliseconds. */
  latestTick: 120_000,
} as const

/** The WhatsApp template for messages outside of the 24-hour window; its one parameter is the text. */
export const TEMPLATE = 'tetik_alert'
/** The template for approvals there: the same parameter, and two quick replies, approve first. */
export const APPROVAL_TEMPLATE = 'tetik_approval'

/** How long a message waits for webhooks, milliseconds. */
export const MESSAGE_WAITS = {
  /** For a status webhook with our reference, if the outcome of a send is unknown. WhatsApp usually reports within seconds. */
  reference: 2 * 60_000,
  /** For the delivery report. A later report still updates the message's row, but no workflow waits for it. */
  delivery: 6 * 3_600_000,
} as const

/** If the answer to a send was lost and no webhook has arrived, the message is sent again after `deadline`; checked every `look`. Milliseconds. */
export const REPEAT = { deadline: 15 * 60_000, look: 30_000 } as const

export const DEFAULT_NAMESPACE = 'default'
