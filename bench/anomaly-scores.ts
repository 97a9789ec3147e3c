/** Scores for detectors: NAB's own rules for labelled windows, and F1 of events for synthetic daily series. */

/** Indices of the reported points, ascending. */
export type Alarms = readonly number[]

/** Indices of the first and last point of a window, inclusive. */
export type Window = readonly [number, number]

/** NAB's standard profile (Lavin and Ahmad 2015): a false alarm costs 0.11, a missed window 1. */
const FALSE_ALARM = 0.11
/** The start of a series is not scored: 15% of its length, which counts as 5,000 points at most. */
const PROBATION = { share: 0.15, of: 5000 }

const sigmoid = (position: number): number => (position > 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1)

export interface NabScore {
  /** 0 for a detector that reports nothing, 100 for one that finds each window at its first point. */
  readonly score: number
  readonly found: number
  readonly windows: number
  readonly falseAlarms: number
}

/** Scores several files together, as NAB does: raw scores are added up before they are normalised by the null detector's. */
export function nabScore(
  files: readonly { readonly length: number; readonly windows: readonly Window[]; readonly alarms: Alarms }[],
): NabScore {
  let [raw, found, windows, falseAlarms] = [0, 0, 0, 0]
  for (const file of files) {
    const probation = Math.floor(PROBATION.share * Math.min(file.length, PROBATION.of))
    const hit = new Set<Window>()
    windows += file.windows.length
    for (const alarm of file.alarms.filter((index) => index >= probation)) {
      const inside = file.windows.find(([first, last]) => first <= alarm && alarm <= last)
      if (inside !== undefined) {
        // Only the earliest alarm of a window counts.
        if (!hit.has(inside)) raw += sigmoid(-(inside[1] - alarm + 1) / (inside[1] - inside[0] + 1)) / sigmoid(-1)
        hit.add(inside)
        continue
      }
      falseAlarms++
      const before = file.windows.findLast(([, last]) => last < alarm)
      raw += FALSE_ALARM * (before === undefined ? -1 : sigmoid((alarm - before[1]) / (before[1] - before[0])))
    }
    found += hit.size
    raw -= file.windows.length - hit.size
  }
  return { score: (100 * (raw + windows)) / (2 * windows), found, windows, falseAlarms }
}

/** An event of a synthetic series, found by an alarm in its window; later alarms up to `forgivenUntil` do not count as false. */
export interface MadeUpEvent {
  readonly kind: string
  readonly window: Window
  readonly forgivenUntil: number
}

export interface EventScore {
  readonly f1: number
  readonly falseAlarmsPerMonth: number
  /** Mean days from an event's first day to its alarm, over all found events, and over those other than drifts. */
  readonly delay: number
  readonly delayWithoutDrifts: number
  readonly medianDelay: number
  /** Share of events found, by kind. */
  readonly recall: Readonly<Record<string, number>>
}

/** @param firstDay earlier alarms are not scored, because there is too little history */
export function eventScore(
  series: readonly { readonly length: number; readonly events: readonly MadeUpEvent[]; readonly alarms: Alarms }[],
  firstDay: number,
): EventScore {
  let [missed, falseAlarms, days] = [0, 0, 0]
  const delays: { readonly kind: string; readonly days: number }[] = []
  const kinds = new Map<string, { found: number; all: number }>()
  for (const { length, events, alarms: all } of series) {
    const alarms = all.filter((index) => index >= firstDay)
    days += length - firstDay
    for (const { kind, window } of events) {
      const count = kinds.get(kind) ?? { found: 0, all: 0 }
      kinds.set(kind, count)
      count.all++
      const alarm = alarms.find((index) => index >= window[0] && index <= window[1])
      if (alarm === undefined) missed++
      else {
        count.found++
        delays.push({ kind, days: alarm - window[0] })
      }
    }
    falseAlarms += alarms.filter(
      (index) => !events.some(({ window, forgivenUntil }) => index >= window[0] && index <= Math.max(window[1], forgivenUntil)),
    ).length
  }
  const found = delays.length
  const sorted = delays.map((delay) => delay.days).sort((a, b) => a - b)
  return {
    f1: (2 * found) / (2 * found + missed + falseAlarms),
    falseAlarmsPerMonth: falseAlarms / (days / 30),
    delay: mean(sorted),
    delayWithoutDrifts: mean(delays.filter(({ kind }) => kind !== 'drift').map((delay) => delay.days)),
    medianDelay: sorted[sorted.length >> 1] ?? NaN,
    recall: Object.fromEntries([...kinds].map(([kind, { found, all }]) => [kind, found / all])),
  }
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
