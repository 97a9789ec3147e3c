/** Reads the campaigns, ad sets and ads of a test. Campaigns and ad sets that are only named as a parent are added. */

import { parseDay } from '../clock/day.js'
import { type Reading, refuse } from '../diagnostic/fault.js'
import type { Fields } from '../document/fields.js'
import { parseDuration, parseMoney } from '../expression/read/amount.js'
import type { EntityScope } from '../facts/dataset-source.js'
import { METRICS } from '../metric/catalogue.js'
import { toMinor } from '../value/minor-units.js'
import { Unknown, type Value } from '../value/value.js'
import { type GivenEstimate, parseEstimate, parseEstimateName } from './estimates.js'
import { type GivenAnswer, parseAnswer, parseAskedName } from './given-reach.js'
import { parseMoment } from './moment.js'
import { parseResult, type ReadAccount } from './read-account.js'
import type { TestDay, TestEntity, TestHours } from './rule-test.js'
import { isGiven, NOT_KNOWN } from './schema.js'
import { asAmounts, parseSeries, parseSingle } from './series.js'
import type { EntitySource, RuleTestSource } from './source.js'

type Numbers = readonly (number | null)[]

type Written = Readonly<Record<string, unknown>> & { readonly actions?: Readonly<Record<string, string | undefined>> }

/** Returns the entities in the order of the file, campaigns first. */
export function readEntities(
  test: RuleTestSource,
  path: string,
  { account, vocabulary }: ReadAccount,
  fields: Fields,
): TestEntity[] {
  const reader = new EntityReader(fields, account.currency, account.timezone, vocabulary)
  for (const [index, written] of (test.campaigns ?? []).entries())
    if (written !== undefined) reader.add('campaign', written, `${path}/campaigns/${index}`)
  for (const [index, written] of (test.adsets ?? []).entries())
    if (written !== undefined) reader.add('adset', written, `${path}/adsets/${index}`)
  for (const [index, written] of (test.ads ?? []).entries())
    if (written !== undefined) reader.add('ad', written, `${path}/ads/${index}`)
  return reader.entities()
}

/** Reads `estimates:` of an entity, a group or the account: `forecast(spend, this_month): 12000 TRY`. */
export function readEstimates(
  written: Readonly<Record<string, string | undefined>> | undefined,
  path: string,
  vocabulary: ReadAccount['vocabulary'],
  fields: Fields,
): GivenEstimate[] {
  return Object.entries(written ?? {}).flatMap(([name, text]) => {
    const at = `${path}/${name}`
    const { value: expression, faults } = parseEstimateName(name, vocabulary)
    for (const { code, message, hint } of faults) fields.keyFault(at, code, message, hint)
    if (expression === null) return []
    const value = fields.read(at, text, (text) => parseEstimate(text, expression, vocabulary))
    return value === null ? [] : [{ expression, value }]
  })
}

const UNKNOWN = new Unknown('the test says that it is unknown')

class EntityReader {
  readonly #made = new Map<string, TestEntity>()

  constructor(
    private readonly fields: Fields,
    private readonly currency: string | null,
    private readonly timezone: string,
    private readonly vocabulary: ReadAccount['vocabulary'],
  ) {}

  /** Campaigns first: an ad set's budget and status depend on its campaign's. */
  entities(): TestEntity[] {
    const rank: Readonly<Record<EntityScope, number>> = { campaign: 0, adset: 1, ad: 2 }
    return [...this.#made.values()].sort((one, other) => rank[one.scope] - rank[other.scope])
  }

  add(scope: EntityScope, written: EntitySource, path: string): void {
    const { name, id } = written
    if (name === undefined) return
    const campaignName = scope === 'campaign' ? undefined : written.campaign
    const adset = scope !== 'ad' || written.adset === undefined ? null : this.adsetNamed(written.adset, campaignName)
    const campaign = campaignName === undefined ? (adset?.campaign ?? null) : this.campaignNamed(campaignName).key
    const key = id ?? [adset?.key ?? campaign, name].filter((part) => part !== null).join(' / ')
    const place = `${scope} ${key}`
    if (this.#made.has(place)) {
      const hint = 'give each an `id:`, or remove one of them'
      this.fields.fault(
        `${path}/${id === undefined ? 'name' : 'id'}`,
        'duplicate-name',
        `\`${id ?? name}\` is listed twice`,
        hint,
      )
      return
    }
    const today = this.measures(written.today ?? {}, `${path}/today`, parseSingle)
    const entity: TestEntity = {
      scope,
      key,
      id: id ?? null,
      name,
      campaign: scope === 'campaign' ? null : campaign,
      adset: adset?.key ?? null,
      result: this.fields.read(`${path}/result`, written.result, parseResult),
      attributes: this.attributes(written, path),
      until: this.fields.read(`${path}/until`, written.until, parseUntil) ?? 'yesterday',
      series: this.measures(written, path, parseSeries),
      today: Object.fromEntries(Object.entries(today).map(([measure, [value]]) => [measure, value ?? null])),
      hours: written.hours === undefined ? null : this.hours(written.hours, `${path}/hours`),
      asked: this.asked(written.asked, `${path}/asked`),
      estimates: readEstimates(written.estimates, `${path}/estimates`, this.vocabulary, this.fields),
    }
    this.#made.set(place, entity)
  }

  private campaignNamed(name: string): TestEntity {
    return this.named('campaign', name, null) ?? this.implied('campaign', name, null)
  }

  private adsetNamed(name: string, campaignName: string | undefined): TestEntity {
    const campaign = campaignName === undefined ? null : this.campaignNamed(campaignName).key
    return this.named('adset', name, campaign) ?? this.implied('adset', name, campaign)
  }

  private named(scope: EntityScope, name: string, campaign: string | null): TestEntity | undefined {
    return [...this.#made.values()].find(
      (one) => one.scope === scope && (one.name === name || one.id === name) && (campaign === null || one.campaign === campaign),
    )
  }

  private implied(scope: EntityScope, name: string, campaign: string | null): TestEntity {
    const key = campaign === null ? name : `${campaign} / ${name}`
    const rest = {
      id: null,
      adset: null,
      result: null,
      attributes: {},
      series: {},
      today: {},
      hours: null,
      asked: [],
      estimates: [],
    }
    const entity: TestEntity = { scope, key, name, campaign, until: 'yesterday', ...rest }
    this.#made.set(`${scope} ${key}`, entity)
    return entity
  }

  private attributes(written: EntitySource, path: string): Record<string, Value> {
    const { fields, vocabulary, currency } = this
    const attributes: Record<string, Value> = {}
    const put = (name: string, value: Value | null | undefined): void => {
      if (value !== null && value !== undefined) attributes[name] = value
    }
    const money = (text: string): Reading<number> => {
      const { value, faults } = parseMoney(text, vocabulary)
      return { value: value === null ? null : toMinor(value.value, currency), faults }
    }
    for (const name of ['status', 'effective_status', 'delivering', 'budget_level', 'learning', 'objective'] as const) {
      const value = written[name]
      put(name, value === NOT_KNOWN ? UNKNOWN : value)
    }
    for (const name of ['daily_budget', 'lifetime_budget'] as const)
      put(name, fields.read(`${path}/${name}`, written[name], money))
    for (const name of ['age', 'last_edit'] as const) put(name, fields.read(`${path}/${name}`, written[name], parseDuration))
    const { labels } = written
    put('labels', typeof labels === 'string' ? labels : labels?.filter((label) => label !== undefined).join(', '))
    return attributes
  }

  /** Returns the numbers by measure; those with errors are left out. */
  private measures(written: Written, path: string, parse: (text: string) => Reading<Numbers>): Record<string, Numbers> {
    const measures: Record<string, Numbers> = {}
    for (const metric of METRICS) {
      const { name, made, unit } = metric
      if (!Object.hasOwn(written, name)) continue
      if (!isGiven(metric)) {
        this.fields.keyFault(`${path}/${name}`, 'derived-metric', `\`${name}\` is computed and cannot be given`, madeOf(metric))
        continue
      }
      const kind = unit === 'money' ? ({ kind: 'money', currency: this.currency } as const) : ({ kind: 'count' } as const)
      const read = this.fields.read(`${path}/${name}`, written[name] as string | undefined, (text) =>
        asAmounts(text, parse(text), kind),
      )
      if (read !== null) measures[made.kind === 'sum' ? made.measure : name] = unit === 'money' ? this.minor(read) : read
    }
    for (const [type, text] of Object.entries(written.actions ?? {})) {
      const read = this.fields.read(`${path}/actions/${type}`, text, (text) => asAmounts(text, parse(text), { kind: 'count' }))
      if (read !== null) measures[`action:${type}`] = read
    }
    return measures
  }

  private asked(written: EntitySource['asked'], path: string): GivenAnswer[] {
    return Object.entries(written ?? {}).flatMap(([name, text]) => {
      const { value: metric, faults } = parseAskedName(name, this.vocabulary)
      for (const { code, message, hint } of faults) this.fields.keyFault(`${path}/${name}`, code, message, hint)
      const answer = this.fields.read(`${path}/${name}`, text, (text) => parseAnswer(text, metric))
      return metric === null || answer === null ? [] : [{ metric, value: answer.value }]
    })
  }

  private minor(numbers: Numbers): Numbers {
    return numbers.map((number) => (number === null ? null : toMinor(number, this.currency)))
  }

  private hours(written: NonNullable<EntitySource['hours']>, path: string): TestHours {
    const { until, ...rest } = written
    return {
      until: this.fields.read(`${path}/until`, until, (text) => parseMoment(text, this.timezone)),
      series: this.measures(rest, path, parseSeries),
    }
  }
}

function parseUntil(text: string): Reading<TestDay> {
  if (text === 'today' || text === 'yesterday') return { value: text, faults: [] }
  if (parseDay(text) !== null && /^20/.test(text)) return { value: { date: text }, faults: [] }
  return refuse(text, 'bad-day', 'this is not a day', '`yesterday`, `today`, or a date such as `2026-03-09`')
}

function madeOf({ name, made }: (typeof METRICS)[number]): string {
  if (made.kind === 'ratio') return `give \`${made.numerator}\` and \`${made.denominator}\``
  return name === 'gross_spend' ? 'give `spend`, and the account’s `gross`' : 'leave it out'
}
