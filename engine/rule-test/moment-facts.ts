/**
 * Turns the data of a test into facts as of one of its times. A metric that is given anywhere in the test is zero on all other days;
 * one that is given nowhere is unknown.
 */

import { dayNumberOf, isoDay } from '../clock/day.js'
import { dayNumberAt, HOUR, offsetAt } from '../clock/zone.js'
import { type DataRow, type DatasetEntity } from '../facts/dataset-source.js'
import { Dataset } from '../facts/dataset.js'
import { factsOf } from '../facts/facts-of-dataset.js'
import type { FactEntity, Facts } from '../facts/facts.js'
import type { WindowRange } from '../metric/window.js'
import { Unknown, type Value } from '../value/value.js'
import { withEstimates } from './estimates.js'
import { answerFor } from './given-reach.js'
import type { RuleTest, TestDay, TestEntity } from './rule-test.js'
import { MOST_VALUES } from './series.js'

/** @param at one of the test's times, epoch milliseconds */
export function factsAt({ account, entities, estimates, groupEstimates, payload }: RuleTest, at: number): Facts {
  const today = dayNumberAt(at, account.timezone)
  const hours = entities.some((entity) => entity.hours !== null)
  const known = { since: isoDay(today - MOST_VALUES), until: isoDay(today), at }
  const byKey = new Map(entities.map((entity) => [`${entity.scope} ${entity.key}`, entity]))
  const dataset = new Dataset({
    entities: entities.map((entity) => datasetEntity(entity, byKey)),
    rows: entities.flatMap((entity) => [...dayRows(entity, today), ...hourRows(entity, at, account.timezone)]),
    knowledge: { kind: 'synced', days: [known], hours: hours ? [known] : [] },
    measures: new Set(entities.flatMap(({ series, today, hours }) => [series, today, hours?.series ?? {}].flatMap(Object.keys))),
  })
  const facts = factsOf(dataset, { account, at, pace: 0 })
  const given = withEstimates(facts, ({ scope, key }) => {
    if (scope === 'account') return estimates
    return (scope === 'group' ? groupEstimates.get(key) : byKey.get(`${scope} ${key}`)?.estimates) ?? []
  })
  const asked = (entity: FactEntity, field: string, range: WindowRange): Value | undefined => {
    const answer = answerFor(byKey.get(`${entity.scope} ${entity.key}`)?.asked ?? [], facts, field, range)
    return answer === null ? new Unknown('the test says that it is unknown') : answer
  }
  return {
    account: facts.account,
    at: facts.at,
    entities: (scope) => facts.entities(scope),
    owner: (entity, scope) => facts.owner(entity, scope),
    isInNoGroup: (entity) => facts.isInNoGroup?.(entity) ?? false,
    attribute: (entity, attribute) => facts.attribute(entity, attribute),
    total: (entity, measure, days) => asked(entity, measure, { kind: 'days', days }) ?? facts.total(entity, measure, days),
    hourlyTotal: (entity, measure, range) => facts.hourlyTotal(entity, measure, range),
    knownDays: () => facts.knownDays(),
    lifetimeTotal: (entity, measure) => asked(entity, measure, { kind: 'maximum' }) ?? facts.lifetimeTotal(entity, measure),
    ...(payload === undefined ? {} : { payload }),
    ...given,
  }
}

function dayRows(entity: TestEntity, today: number): DataRow[] {
  const days = new Map<number, Record<string, number | null>>()
  const put = (day: number, measure: string, value: number | null): void => {
    days.set(day, { ...days.get(day), [measure]: value })
  }
  const last = dayNumber(entity.until, today)
  for (const [measure, values] of Object.entries(entity.series))
    for (const [index, value] of values.entries()) put(last - values.length + 1 + index, measure, value)
  for (const [measure, value] of Object.entries(entity.today)) put(today, measure, value)
  return [...days].map(([day, measures]) => {
    const date = isoDay(day)
    return { scope: entity.scope, entity: entity.key, since: date, until: date, hour: null, measures }
  })
}

function hourRows({ scope, key, hours }: TestEntity, at: number, zone: string): DataRow[] {
  if (hours === null) return []
  const clock = (instant: number): number => (instant + offsetAt(instant, zone)) / HOUR
  const end = hours.until ?? at
  const last = end - (clock(end) - Math.floor(clock(end))) * HOUR
  // Hours of the account's clock, counted from 1970 as in the dataset. An hour that the clock shows twice is the sum of both.
  const rows = new Map<number, Record<string, number | null>>()
  for (const [measure, values] of Object.entries(hours.series))
    for (const [index, value] of values.entries()) {
      const hour = Math.floor(clock(last - (values.length - index) * HOUR))
      const before = rows.get(hour) ?? {}
      const first = before[measure] === undefined ? 0 : before[measure]
      rows.set(hour, { ...before, [measure]: first === null || value === null ? null : first + value })
    }
  return [...rows].map(([hour, measures]) => {
    const date = isoDay(Math.floor(hour / 24))
    return { scope, entity: key, since: date, until: date, hour: hour - Math.floor(hour / 24) * 24, measures }
  })
}

const dayNumber = (day: TestDay, today: number): number =>
  day === 'today' ? today : day === 'yesterday' ? today - 1 : dayNumberOf(day.date)

function datasetEntity(entity: TestEntity, all: ReadonlyMap<string, TestEntity>): DatasetEntity {
  const { scope, key, id, name, campaign, adset, result } = entity
  return { scope, key, id, name, campaign, adset, result, attributes: attributesOf(entity, all) }
}

/** Returns the attributes that the test gives, plus those that follow from them. Everything delivers unless the test says otherwise. */
function attributesOf(entity: TestEntity, all: ReadonlyMap<string, TestEntity>): Record<string, Value> {
  const campaign = entity.campaign === null ? undefined : all.get(`campaign ${entity.campaign}`)
  const adset = entity.adset === null ? undefined : all.get(`adset ${entity.adset}`)
  const own = entity.attributes
  const stopped = stoppedAbove(campaign, adset, all)
  const { status: given, delivering } = own
  const status = given ?? (own['effective_status'] === 'ACTIVE' || delivering !== false ? 'ACTIVE' : undefined)
  const effective = own['effective_status'] ?? (status === 'ACTIVE' ? (stopped ?? 'ACTIVE') : status)
  const isBudget = (one: TestEntity | undefined): boolean =>
    one !== undefined && (one.attributes['daily_budget'] !== undefined || one.attributes['lifetime_budget'] !== undefined)
  const level = isBudget(campaign) || (entity.scope === 'campaign' && isBudget(entity)) ? 'campaign' : null
  const objective = campaign?.attributes['objective']
  return {
    ...(objective === undefined ? {} : { objective }),
    ...(level !== null ? { budget_level: level } : isBudget(adset) || isBudget(entity) ? { budget_level: 'adset' } : {}),
    ...(status === undefined ? {} : { status }),
    ...(effective === undefined ? {} : { effective_status: effective }),
    delivering: effective instanceof Unknown ? effective : effective === 'ACTIVE',
    ...own,
  }
}

/** Returns Meta's effective status of an active entity whose campaign or ad set does not deliver; null if both deliver. */
function stoppedAbove(
  campaign: TestEntity | undefined,
  adset: TestEntity | undefined,
  all: ReadonlyMap<string, TestEntity>,
): string | null {
  const stops = (one: TestEntity | undefined): boolean => one !== undefined && attributesOf(one, all)['delivering'] !== true
  return stops(campaign) ? 'CAMPAIGN_PAUSED' : stops(adset) ? 'ADSET_PAUSED' : null
}
