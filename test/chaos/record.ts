/** The driver's requests, for comparison with what was done. */

export interface AskedChange {
  readonly key: string
  readonly at: number
  readonly entity: string
  readonly field: 'status' | 'daily_budget'
  readonly target: string
  /** HTTP statuses in order of arrival, 0 for a lost connection; for duplicated requests, those of both. */
  readonly answers: number[]
  /** Ids of the change in the responses; more than one is a fault. */
  readonly ids: Set<string>
}

export interface AskedEvent {
  readonly id: string
  readonly hook: string
  readonly account: string
  readonly entity: string
  readonly at: number
  /** Whether tetik accepted it. */
  taken: boolean
}

export interface StopWord {
  readonly kind: 'stop' | 'resume'
  readonly account: string
  readonly at: number
  /** When the resume was answered; null for a stop word, and before. */
  answeredAt: number | null
}

export class Record {
  readonly changes: AskedChange[] = []
  readonly events: AskedEvent[] = []
  readonly words: StopWord[] = []
  /** A line for each fault, with its time. */
  readonly log: string[] = []

  say(line: string): void {
    this.log.push(`${new Date().toISOString()} ${line}`)
  }
}
