/** The words of a report in English. */

import type { ComparedWith } from './report.js'
import type { ReportWords } from './words.js'

const AGAINST: Readonly<Record<Exclude<ComparedWith, 'same-weekday'>, string>> = {
  'day-before': 'the day before',
  'week-before': 'the week before',
}
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const against = (to: ComparedWith, weekday: number): string =>
  to === 'same-weekday' ? `${WEEKDAYS[weekday]} a week earlier` : AGAINST[to]
const SCOPES = { campaign: 'campaign', adset: 'ad sets' } as const

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

export const EN: ReportWords = {
  title: { daily: 'Daily report', weekly: 'Weekly report' },
  metrics: {
    spend: 'Spend',
    results: 'Results',
    cpa: 'Cost per result',
    revenue: 'Revenue',
    roas: 'ROAS',
    ctr: 'CTR',
    cpm: 'CPM',
    cpc: 'CPC',
  },
  legend: (to, weekday) => `In parentheses: change from ${to.map((one) => against(one, weekday)).join(', and from ')}.`,
  before: (value) => `was ${value}`,
  notCompared: (to, weekday, reason) => `Not compared with ${against(to, weekday)}, which is unknown: ${reason}.`,
  unknown: (what, reason) => `Unknown: ${what} (${reason}).`,
  attribution: (settings) => `Attribution: ${settings}`,
  month: (month, days, spend) => `${month} (${days}): ${spend}`,
  ofBudget: (budget, share, elapsed) => `${share} of the ${budget} budget used; ${elapsed} of the month over`,
  forecast: (total) => `Month-end forecast: ${total}`,
  band: (lo, hi) => `80% likely between ${lo} and ${hi}`,
  shareOfBudget: (share) => `${share} of the budget`,
  noForecast: (reason) => `Month-end forecast: unknown (${reason}).`,
  best: (scope, days) => `Lowest cost per result, ${SCOPES[scope]} (${days}):`,
  worst: (scope, days) => `Highest cost per result, ${SCOPES[scope]} (${days}):`,
  ranked: (cost, results, spend) => `${cost} (results: ${results}, spend: ${spend})`,
  tooFew: (_, days, least) =>
    `Ad sets are not compared (${days}): fewer than two have ${least} results, or enough spend to expect that many.`,
  notRanked: (_, reason) => `Ad sets are not compared: ${reason}.`,
  did: 'tetik:',
  didNothing: 'tetik: no rule fired and nothing was changed.',
  counts: {
    carriedOut: (count) => `${counted(count, 'decision', 'decisions')} carried out`,
    observed: (count) => `${count} only recorded (observe)`,
    refused: (count) => `${count} refused`,
    failed: (count) => `${count} failed`,
    stopped: (count) => `${count} stopped`,
    underWay: (count) => `${count} in progress`,
  },
  changes: {
    paused: (entity) => `Paused: ${entity}`,
    started: (entity) => `Started: ${entity}`,
    changed: (what, entity, before, after) => `${what}: ${entity}, ${before} → ${after}`,
    renamed: (before, after) => `Renamed: ${before} → ${after}`,
    labelled: (entity) => `Labels: ${entity}`,
    copied: (entity) => `Copied: ${entity}`,
  },
  fields: { daily_budget: 'Daily budget', lifetime_budget: 'Lifetime budget', bid_amount: 'Bid' },
  by: (rule) => ` (${rule ?? 'by a person'})`,
  doubtful: (count) =>
    `${counted(count, 'change was', 'changes were')} sent, but Meta has not confirmed ${count === 1 ? 'it' : 'them'} yet.`,
  refusals: (count) => `Refused (${count}):`,
  alerts: (count) => `Open alerts (${count}):`,
  alert: (what, value, lo, hi, since) => `${what}: ${value ?? 'none'}, expected ${lo} to ${hi} (since ${since})`,
  approvals: (count) => `Waiting for approval (${count}):`,
  approval: (rule, entity, until) => `${rule}: ${entity} (until ${until})`,
  suggestions: (count) => `Suggestions (${count}):`,
  more: (count) => `… and ${count} more`,
  stopped: (reason, by, since) => `The rules have been stopped since ${since}: ${reason} (${by}).`,
  data: (at, zone) => `Data from Meta as of ${at} (${zone}); results of the last few days may still grow.`,
  noData: 'No data has been read from Meta yet.',
  file: 'Data from a file.',
}
