/**
 * Everything about Temporal in one place, as pure data, so that workflows, workers, the command and scripts read the same
 * names. Nothing here touches the environment: `service/temporal.ts` does.
 */

/** Where work waits. Meta's and WhatsApp's limits are per task queue, hence one each. */
export const TASK_QUEUES = {
  /** Workflows, and activities that only touch our own store. */
  main: 'tetik',
  metaReads: 'tetik-meta-reads',
  metaMutations: 'tetik-meta-mutations',
  whatsapp: 'tetik-whatsapp',
  /** Work that takes seconds of a processor, in threads of its own. */
  forecasts: 'tetik-forecasts',
} as const

/** Average activities a second over all workers; the connectors' token buckets hold the bursts. */
export const TASK_QUEUE_RATES: Readonly<Record<keyof typeof TASK_QUEUES, number | null>> = {
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

/** How long a message waits for what it can only be told, in milliseconds. */
export const MESSAGE_WAITS = {
  /** For a status webhook that bears our reference, after a sending whose outcome is not known. WhatsApp reports within seconds. */
  reference: 2 * 60_000,
  /** For the report that a phone got it. A phone that is off for longer still sets the message's row, but nobody waits. */
  delivery: 6 * 3_600_000,
} as const

/** After how long a message whose answer was lost is sent once more though no webhook shows itself, and how often that is looked at; milliseconds. */
export const REPEAT = { deadline: 15 * 60_000, look: 30_000 } as const

export const DEFAULT_NAMESPACE = 'default'

/** Workflow ids, readable in Temporal's list: kind, account, detail. */
export const workflowIds = {
  watch: (account: string) => `watch:${account}`,
  /** One for all events of an account: they share readings of it. */
  events: (account: string) => `events:${account}`,
  carryOut: (account: string, rule: string, entityKey: string) => `carry-out:${account}:${rule}:${entityKey}`,
  message: (messageId: string) => `message:${messageId}`,
  change: (requestId: string) => `change:${requestId}`,
  /** Looks after a confirmed change while an earlier one may still arrive. */
  keep: (mutation: string) => `keep:${mutation}`,
  /** One for all runs of a launch: two never overlap. */
  launch: (account: string, key: string) => `launch:${account}:${key}`,
  /** Looking changes nothing, and may be done beside a run. */
  launchPlan: (account: string, key: string, run: string) => `launch-plan:${account}:${key}:${run}`,
} as const
