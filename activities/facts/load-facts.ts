/** What the store knows of an account, as evaluation asks for it: as of one moment, and as it was known at another. */

import type { Account } from '../../engine/account/account.js'
import { accountGroups, accountValues } from '../../engine/account/vocabulary.js'
import { anomalyFacts } from '../../engine/anomaly/anomaly-facts.js'
import { addDays, dayOf } from '../../engine/clock/zone.js'
import { type AskedWindow, type DatasetEntity, type DatasetSource, type SyncedRange } from '../../engine/facts/dataset-source.js'
import { Dataset } from '../../engine/facts/dataset.js'
import { factsOf } from '../../engine/facts/facts-of-dataset.js'
import type { FactAccount, Facts } from '../../engine/facts/facts.js'
import { forecastFacts } from '../../engine/forecast/forecast-facts.js'
import type { ForecastLookup } from '../../engine/forecast/task.js'
import { attributionOfSpec, attributionOfWindows } from '../../engine/metric/attribution.js'
import { resultMeasure, resultOfGoal } from '../../engine/metric/result.js'
import type { Value } from '../../engine/value/value.js'
import { entitiesAsOf, type Entity } from '../../store/account/entities.js'
import { reachAsOf } from '../../store/account/reach.js'
import { coveredRanges } from '../../store/account/syncs.js'
import { storedForecasts } from '../../store/analysis/forecasts.js'
import type { Store } from '../../store/base/store.js'
import { arrivedShares } from './arrival-shares.js'
import { budgetChanges, changesFor } from './budget-changes.js'
import { knownRows } from './known-rows.js'
import { type AskedReach, knownDaysOf, reachWindows } from './reach-needs.js'
import { syncKind } from './sync-kind.js'

export interface FactsQuestion {
  /** The moment that is judged, epoch milliseconds. */
  readonly at: number
  /** What was known by then counts. */
  readonly knownAt: number
  /** Of ads and of ad sets Meta's rows say the same twice: only one of them is added up. */
  readonly level: 'adset' | 'ad'
  /** Whether days are asked about. */
  readonly days: boolean
  /** The first account day that is asked about; all there are where it is left out. */
  readonly daysSince?: string
  /** The first account day whose hours are asked about; null for none. */
  readonly hoursSince: string | null
  /** Windows whose reach and frequency are asked about; none where it is left out. */
  readonly reach?: readonly AskedReach[]
  /** Forecasts, by what they hang on; those that are stored where it is left out. */
  readonly forecasts?: ForecastLookup
  /** Whether what is known is compared with what is usual or forecast, so that it matters how late conversions come in. */
  readonly compares?: boolean
}

/** Facts for rules of any pace (milliseconds between two turns): today's numbers may be twice as old and an hour. */
export type FactsAtPace = (pace: number) => Facts

const EVER = '0001-01-01'

/** The rows, entities and syncs of an account, as they were known. */
export interface KnownAccount {
  readonly source: DatasetSource
  readonly account: FactAccount
}

export async function loadFacts(store: Store, account: Account, question: FactsQuestion): Promise<FactsAtPace> {
  const { source, account: of } = await loadKnown(store, account, question)
  const { at } = question
  const dataset = new Dataset(source)
  const lookup = question.forecasts ?? (await storedForecasts(store, account.name, question.knownAt))
  const estimatesOf = await loadEstimates(store, account, { ...question, result: of.result, lookup })
  return (pace) => {
    const estimates = estimatesOf(factsOf(dataset, { account: of, at, pace }))
    return factsOf(dataset, { account: of, at, pace, estimates })
  }
}

export interface EstimatesQuestion extends Pick<FactsQuestion, 'at' | 'knownAt' | 'level' | 'compares'> {
  readonly result: string
  readonly lookup: ForecastLookup
}

/** What forecasts and deviations rest on besides the facts: how late conversions come in, and when budgets changed. */
export async function loadEstimates(
  store: Store,
  { name, timezone }: Account,
  { at, knownAt, level, compares, result, lookup }: EstimatesQuestion,
): Promise<(facts: Facts) => Required<Pick<Facts, 'forecast' | 'expected' | 'anomaly'>>> {
  const arrived = compares ? await arrivedShares(store, { account: name, zone: timezone, level, result, at, knownAt }) : undefined
  const changes = await budgetChanges(store, { account: name, timezone, knownAt })
  const lateness = arrived === undefined ? {} : { arrived }
  return (facts) => ({
    ...anomalyFacts(facts, lateness),
    ...forecastFacts(facts, { lookup, budgetChanges: changesFor(facts, changes), ...lateness }),
  })
}

export async function loadKnown(store: Store, account: Account, question: FactsQuestion): Promise<KnownAccount> {
  const { at, knownAt, level } = question
  const today = dayOf(Math.max(at, knownAt), account.timezone)
  const entities = await entitiesAsOf(store, account.name, knownAt)
  const campaigns = new Map(entities.filter(({ level }) => level === 'campaign').map((entity) => [entity.id, entity]))
  const of = factAccount(account)
  const entityOf = (entity: Entity): DatasetEntity => datasetEntity(entity, campaigns)
  const first = firstDays(question, account.timezone)
  const asked = { account: account.name, level, daysSince: first.days, hoursSince: first.hours, until: today, knownAt }
  const { hidden, rows } = await knownRows(store, { ...asked, result: of.result }, entities, entityOf)
  const syncedDays = await syncedRanges(store, account.name, syncKind(level, false), question)
  const source: DatasetSource = {
    entities: [...entities.map(entityOf), ...hidden],
    rows,
    knowledge: {
      kind: 'synced',
      days: syncedDays,
      hours: clipped(await syncedRanges(store, account.name, syncKind(level, true), question), first.hours),
      reach: await askedWindows(store, account, question, syncedDays),
    },
    measures: null,
  }
  return { source, account: of }
}

/** Days before today whose hours are compared with the days themselves, to see what Meta gives by the hour. */
const COMPARED_HOURS = 7

/** From which day on rows are read; null for none. Hours are worth nothing without their days, which say what they lack. */
function firstDays(
  { at, days, daysSince, hoursSince }: FactsQuestion,
  zone: string,
): { readonly days: string | null; readonly hours: string | null } {
  const compared = addDays(dayOf(at, zone), -COMPARED_HOURS)
  const hours = hoursSince === null || hoursSince < compared ? hoursSince : compared
  if (!days) return { hours, days: hours }
  return { hours, days: daysSince === undefined ? EVER : hours !== null && hours < daysSince ? hours : daysSince }
}

/** What was synced is known only as far as its rows were read. */
const clipped = (ranges: readonly SyncedRange[], first: string | null): SyncedRange[] =>
  first === null
    ? []
    : ranges.filter(({ until }) => until >= first).map((range) => (range.since < first ? { ...range, since: first } : range))

const factAccount = (account: Account): FactAccount => ({
  name: account.name,
  id: account.id,
  currency: account.currency,
  timezone: account.timezone,
  result: resultMeasure(account.result) ?? account.result,
  attribution: attributionOfWindows(account.attribution),
  gross: account.gross,
  values: accountValues(account),
  groups: accountGroups(account),
})

/** A tick reads Meta moments after the time for which it was scheduled: what it read is as of that time. */
async function syncedRanges(
  store: Store,
  account: string,
  kind: ReturnType<typeof syncKind>,
  { at, knownAt }: FactsQuestion,
): Promise<SyncedRange[]> {
  const ranges = await coveredRanges(store, account, kind, knownAt)
  return ranges.map(({ since, until, startedAt }) => ({ since, until, at: Math.min(startedAt, at) }))
}

/** Reach as it was read, of the windows that are asked about. */
async function askedWindows(
  store: Store,
  { name, timezone }: Account,
  { at, knownAt, reach }: FactsQuestion,
  days: readonly SyncedRange[],
): Promise<AskedWindow[]> {
  if (reach === undefined || reach.length === 0) return []
  const readings = await reachAsOf(store, name, reachWindows(reach, knownDaysOf(days, dayOf(at, timezone))), knownAt)
  return readings.map(({ level, since, until, startedAt, rows }) => ({
    level,
    since,
    until,
    at: Math.min(startedAt, at),
    rows: new Map(rows.map((row) => [row.entityId, row])),
  }))
}

function datasetEntity(entity: Entity, campaigns: ReadonlyMap<string, Entity>): DatasetEntity {
  const { fields } = entity
  const instant = (name: string): Record<string, number> => {
    const value = fields[name]
    return typeof value === 'number' ? { [name]: value } : {}
  }
  const { created_time: age, updated_time: lastEdit } = { ...instant('created_time'), ...instant('updated_time') }
  return {
    scope: entity.level,
    key: entity.id,
    id: entity.id,
    name: entity.name,
    campaign: entity.level === 'campaign' ? null : entity.campaignId,
    adset: entity.level === 'ad' ? entity.adsetId : null,
    result: resultOf(entity),
    attribution: attributionOfSpec(entity.fields['attribution_spec']),
    attributes: attributesOf(entity, campaigns),
    since: { ...(age === undefined ? {} : { age }), ...(lastEdit === undefined ? {} : { last_edit: lastEdit }) },
  }
}

function resultOf({ fields }: Entity): string | null {
  const goal = fields['optimization_goal']
  const promoted = fields['promoted_object'] as Readonly<Record<string, unknown>> | null | undefined
  return resultOfGoal({ goal: typeof goal === 'string' ? goal : null, promoted: promoted ?? null })
}

/** What the data does not have is left out, which makes it unknown. */
function attributesOf(entity: Entity, campaigns: ReadonlyMap<string, Entity>): Record<string, Value> {
  const { status, effectiveStatus, dailyBudget, lifetimeBudget, fields } = entity
  const campaign = campaigns.get(entity.campaignId)
  const objective = campaign?.fields['objective']
  const learning = (fields['learning_stage_info'] as { status?: unknown } | null | undefined)?.status
  const labels = fields['adlabels']
  const attributes: Record<string, Value> = {
    status,
    effective_status: effectiveStatus,
    // Meta's effective status is ACTIVE only where all above it is active too.
    delivering: effectiveStatus === 'ACTIVE',
  }
  if (dailyBudget) attributes['daily_budget'] = dailyBudget
  if (lifetimeBudget) attributes['lifetime_budget'] = lifetimeBudget
  const level =
    dailyBudget || lifetimeBudget ? entity.level : campaign?.dailyBudget || campaign?.lifetimeBudget ? 'campaign' : null
  if (level === 'campaign' || level === 'adset') attributes['budget_level'] = level
  if (typeof learning === 'string') attributes['learning'] = learning === 'LEARNING'
  if (typeof objective === 'string') attributes['objective'] = objective
  if (Array.isArray(labels)) attributes['labels'] = labels.map((label: { name?: string | null }) => label.name ?? '').join(', ')
  return attributes
}
