/** Loads an account's data from the store as facts for evaluation: as of one moment, with what was known at another. */

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
  /** The time that is evaluated, epoch milliseconds. */
  readonly at: number
  /** Only what was learned until then counts, epoch milliseconds. */
  readonly knownAt: number
  /** Meta's rows of ads and of ad sets contain the same numbers twice: only one level is added up. */
  readonly level: 'adset' | 'ad'
  /** Whether daily rows are needed. */
  readonly days: boolean
  /** The first account day that is needed; by default all stored days. */
  readonly daysSince?: string
  /** The first account day whose hours are needed; null for none. */
  readonly hoursSince: string | null
  /** Windows whose reach and frequency are needed; by default none. */
  readonly reach?: readonly AskedReach[]
  /** Finds forecasts by their inputs; by default the stored ones. */
  readonly forecasts?: ForecastLookup
  /** Whether the lateness of conversions matters, because values are compared with usual or forecast ones. */
  readonly compares?: boolean
}

/**
 * Returns facts for a rule's pace (milliseconds between two evaluations). Today's numbers may be as old as twice the pace plus an
 * hour.
 */
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

/** Loads what forecasts and deviations need besides the facts: how late conversions arrive, and when budgets changed. */
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

/** Days before today whose hours are compared with their daily totals, to see which measures Meta reports by the hour. */
const COMPARED_HOURS = 7

/** Returns the first day to read; null for none. Hours are useless without their daily totals, which show what the hours lack. */
function firstDays(
  { at, days, daysSince, hoursSince }: FactsQuestion,
  zone: string,
): { readonly days: string | null; readonly hours: string | null } {
  const compared = addDays(dayOf(at, zone), -COMPARED_HOURS)
  const hours = hoursSince === null || hoursSince < compared ? hoursSince : compared
  if (!days) return { hours, days: hours }
  return { hours, days: daysSince === undefined ? EVER : hours !== null && hours < daysSince ? hours : daysSince }
}

/** Cuts the synced ranges to the days whose rows were loaded. */
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

/** A tick reads Meta moments after its scheduled time; what it read counts as of that time. */
async function syncedRanges(
  store: Store,
  account: string,
  kind: ReturnType<typeof syncKind>,
  { at, knownAt }: FactsQuestion,
): Promise<SyncedRange[]> {
  const ranges = await coveredRanges(store, account, kind, knownAt)
  return ranges.map(({ since, until, startedAt }) => ({ since, until, at: Math.min(startedAt, at) }))
}

/** Returns the stored reach of the windows that are needed. */
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

/** Attributes that the data lacks are left out, which makes them unknown. */
function attributesOf(entity: Entity, campaigns: ReadonlyMap<string, Entity>): Record<string, Value> {
  const { status, effectiveStatus, dailyBudget, lifetimeBudget, fields } = entity
  const campaign = campaigns.get(entity.campaignId)
  const objective = campaign?.fields['objective']
  const learning = (fields['learning_stage_info'] as { status?: unknown } | null | undefined)?.status
  const labels = fields['adlabels']
  const attributes: Record<string, Value> = {
    status,
    effective_status: effectiveStatus,
    // Meta's effective status is ACTIVE only if all parents are active too.
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
