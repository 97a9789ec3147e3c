/** Answers from a dataset as of one moment, for one account, at the pace of one rule. */

import { dayNumberOf, isoDay } from '../clock/day.js'
import { dayNumberAt, HOUR, offsetAt, startOfDay } from '../clock/zone.js'
import { findMetric } from '../metric/catalogue.js'
import { RESULTS_DIFFERENCE } from '../metric/meta-results.js'
import { mayBeOffMeta, OFF_META } from '../metric/off-meta.js'
import { uncountedGoal } from '../metric/result.js'
import type { DayRange, HourRange } from '../value/ranges.js'
import type { Scope } from '../value/scope.js'
import { AtLeast, Unknown, type Value } from '../value/value.js'
import type { AskedWindow, Dataset, DatasetEntity, DatasetGroup, SyncedRange, Within } from './dataset.js'
import type { FactAccount, FactEntity, FactGroup, Facts } from './facts.js'
import { HoursVerdict } from './hours-verdict.js'
import { ROWS, type Series, type Sum } from './series.js'

export interface FactsOptions {
  readonly account: FactAccount
  /** The moment that is judged, epoch milliseconds. */
  readonly at: number
  /** Milliseconds between the rule's turns: today's numbers may be twice as old and an hour. Only synced data ages. */
  readonly pace: number
  /** The JSON of the event that set the rule off. */
  readonly payload?: unknown
  /** Those who forecast and say what was to be expected. */
  readonly estimates?: Pick<Facts, 'forecast' | 'expected' | 'anomaly'>
}

/** Facts that say of a window, for all entities and measures at once, whether it can be known. */
export interface WindowedFacts extends Facts {
  /** Why a window of days is not known as a whole, or null where it is. */
  whyUnknown(days: DayRange): Unknown | null
}

export const factsOf = (dataset: Dataset, options: FactsOptions): WindowedFacts => new DatasetFacts(dataset, options)

/** First and last step, both in: day numbers or hours; `null` is everything known. */
interface Stretch {
  readonly resolution: 'day' | 'hour'
  readonly since: number
  readonly until: number
}

const UNDATED = new Unknown('the data has no dates, so that only `maximum` is known', 'veride tarih yok')
const NOTHING_YET = new Unknown('nothing is known yet at this time', 'bu an için henüz veri yok')
const CUT = new Unknown(
  'the window begins or ends within a row that covers several days',
  'dönem, birkaç günü kapsayan bir satırın içinde başlıyor ya da bitiyor',
)
const BLANK = new Unknown('the data has no value for part of the window', 'dönemin bir bölümü için veride değer yok')
const LEFT_OUT = new Unknown(
  'Meta gives no conversions over ad sets of several attribution settings, and part of the spend is of ad sets that it does not list',
  'Meta farklı ilişkilendirme ayarları üzerinden dönüşüm vermez ve harcamanın bir bölümü listelemediği reklam setlerine ait',
)
const MIXED = new Unknown(
  'the results are of different goals and do not add up',
  'sonuçlar farklı hedeflerden geliyor ve toplanamaz',
)
const NOT_ADDITIVE = new Unknown('it does not add up over days or entities, and was not asked for this window')
const NOBODY = new Unknown('nobody was reached', 'kimseye ulaşılmadı')
const NOT_GIVEN = new Unknown('Meta gave no reach for this window', 'Meta bu dönem için erişim vermedi')
const NOT_BY_HOUR = new Unknown(
  'Meta gives reach and frequency by whole days, not by hours',
  'Meta erişim ve sıklığı saatlik değil, gün olarak verir',
)
const NOT_OF_GROUPS = new Unknown(
  'Meta gives reach and frequency of a campaign or the account, not of a group',
  'Meta erişim ve sıklığı grup için değil, kampanya ya da hesap için verir',
)
const NO_CAMPAIGNS = new Unknown('no campaign’s name fits the globs of the group')
const NO_HOURS = new Unknown('there are only daily rows')

class DatasetFacts implements WindowedFacts {
  readonly account: FactAccount
  readonly at: number
  readonly payload?: unknown
  readonly forecast?: NonNullable<Facts['forecast']>
  readonly expected?: NonNullable<Facts['expected']>
  readonly anomaly?: NonNullable<Facts['anomaly']>
  readonly #dataset: Dataset
  readonly #pace: number
  readonly #today: number
  readonly #self: FactEntity
  readonly #groups: readonly FactEntity[]
  readonly #hoursVerdict: HoursVerdict
  readonly #groupsOfCampaign = new Map<DatasetEntity, readonly FactEntity[]>()
  // A rule asks for the same few ranges, which are the same objects, of every entity.
  readonly #stretches = new WeakMap<DayRange, Stretch>()
  readonly #verdicts = new WeakMap<Stretch, Unknown | null>()

  constructor(dataset: Dataset, { account, at, pace, payload, estimates }: FactsOptions) {
    this.account = account
    this.at = at
    this.#dataset = dataset
    this.#pace = pace
    this.#today = dayNumberAt(at, account.timezone)
    this.#hoursVerdict = new HoursVerdict(dataset, at, account.timezone)
    this.#self = { scope: 'account', key: account.name, id: account.id, name: account.name }
    this.#groups = (account.groups ?? []).map(({ name }) => ({ scope: 'group', key: name, id: null, name }))
    if (payload !== undefined) this.payload = payload
    if (estimates?.forecast) this.forecast = estimates.forecast.bind(estimates)
    if (estimates?.expected) this.expected = estimates.expected.bind(estimates)
    if (estimates?.anomaly) this.anomaly = estimates.anomaly.bind(estimates)
  }

  entities(scope: Scope): readonly FactEntity[] {
    if (scope === 'account') return [this.#self]
    return scope === 'group' ? this.#groups : this.#dataset.entities(scope)
  }

  owner(entity: FactEntity, scope: Scope): FactEntity | null {
    if (scope === 'account') return this.#self
    if (scope === entity.scope) return entity
    const own = this.#find(entity)
    if (own === null || own.scope === 'group') return null
    if (scope === 'group') {
      const groups = this.#groupsOf(own)
      // Of several nobody can say which.
      return groups?.length === 1 ? groups[0]! : null
    }
    if (scope === 'campaign') return own.campaign === null ? null : this.#dataset.find('campaign', own.campaign)
    return scope === 'adset' && own.adset !== null ? this.#dataset.find('adset', own.adset) : null
  }

  isInNoGroup(entity: FactEntity): boolean {
    const own = this.account.groups === undefined ? null : this.#find(entity)
    return own !== null && own.scope !== 'group' && this.#groupsOf(own)?.length === 0
  }

  attribute(entity: FactEntity, attribute: string): Value {
    if (attribute === 'id') return entity.id ?? new Unknown('the data has no ids')
    const own = this.#find(entity)
    const isNamedOnce = own === null || own.scope === 'group' || own.history?.['name'] === undefined
    if (attribute === 'name' && isNamedOnce) return entity.name ?? new Unknown('the data has no names')
    const missing = new Unknown(`the data has no \`${attribute}\``)
    if (own === null) return missing
    if (own.scope === 'group') return this.#groupNamed(own.key)?.values[attribute] ?? missing
    const since = own.since?.[attribute]
    if (since !== undefined) return Math.max(0, this.at - since)
    const dated = own.history?.[attribute]
    if (dated !== undefined) {
      const today = isoDay(this.#today)
      let latest: (typeof dated)[number] | null = null
      for (const one of dated) if (one.day <= today && (latest === null || one.day >= latest.day)) latest = one
      return latest?.value ?? missing
    }
    return Object.hasOwn(own.attributes, attribute) ? (own.attributes[attribute] ?? missing) : missing
  }

  goal(entity: FactEntity): string | null {
    const own = this.#find(entity)
    return own === null || own.scope === 'group' ? null : this.#dataset.resultOf(own)
  }

  attribution(entity: FactEntity): readonly string[] {
    const { attribution } = this.account
    return attribution ? [attribution] : this.#dataset.attributionsWithin(this.#find(entity))
  }

  resultsDifference(entity: FactEntity, days: DayRange): number {
    if (!this.#dataset.hasMeasure(RESULTS_DIFFERENCE)) return 0
    const value = this.total(entity, RESULTS_DIFFERENCE, days)
    return typeof value === 'number' ? value : 0
  }

  total(entity: FactEntity, measure: string, days: DayRange): Value {
    return this.#within(entity, measure, this.#daysOf(days))
  }

  whyUnknown(days: DayRange): Unknown | null {
    return this.#verdictOn(this.#daysOf(days))
  }

  hourlyTotal(entity: FactEntity, measure: string, hours: HourRange): Value {
    const stretch = this.#hours(hours)
    return stretch instanceof Unknown ? stretch : this.#within(entity, measure, stretch)
  }

  knownDays(): DayRange | null {
    const days = this.#knownDays()
    return days === null ? null : { since: isoDay(days.first), until: isoDay(days.last) }
  }

  lifetimeTotal(entity: FactEntity, measure: string): Value {
    if (this.#dataset.knowledge.kind === 'undated')
      return this.#sum(entity, measure, { resolution: 'day', since: -Infinity, until: Infinity })
    const days = this.#knownDays()
    return days === null ? NOTHING_YET : this.#within(entity, measure, { resolution: 'day', since: days.first, until: days.last })
  }

  /** The groups that an entity's campaign is in; null where the data does not name its campaign. */
  #groupsOf(own: DatasetEntity): readonly FactEntity[] | null {
    const campaign = own.scope === 'campaign' ? own : own.campaign === null ? null : this.#dataset.find('campaign', own.campaign)
    if (campaign === null || campaign.name === null) return null
    let groups = this.#groupsOfCampaign.get(campaign)
    if (groups === undefined) {
      groups = this.#groups.filter(({ key }) => this.#find({ scope: 'group', key })!.campaigns.includes(campaign))
      this.#groupsOfCampaign.set(campaign, groups)
    }
    return groups
  }

  #groupNamed = (name: string): FactGroup | undefined => this.account.groups?.find((group) => group.name === name)

  #find(entity: { readonly scope: 'group'; readonly key: string }): DatasetGroup | null
  #find(entity: Pick<FactEntity, 'scope' | 'key'>): Within
  #find(entity: Pick<FactEntity, 'scope' | 'key'>): Within {
    if (entity.scope === 'account') return null
    if (entity.scope === 'group') {
      const group = this.#groupNamed(entity.key)
      return group === undefined ? null : this.#dataset.group(group.name, group.campaigns)
    }
    return this.#dataset.find(entity.scope, entity.key)
  }

  /** A day's row is known from that day on. */
  #knownDays(): { first: number; last: number } | null {
    const { knowledge, days } = this.#dataset
    let known = days
    if (knowledge.kind === 'synced') {
      const synced = knowledge.days.filter(({ at }) => at <= this.at)
      if (synced.length === 0) return null
      const first = Math.min(...synced.map(({ since }) => dayNumberOf(since)))
      known = { first, last: Math.max(...synced.map(({ until }) => dayNumberOf(until))) }
    }
    if (known === null || known.first > this.#today) return null
    return { first: known.first, last: Math.min(known.last, this.#today) }
  }

  #daysOf(days: DayRange): Stretch {
    let stretch = this.#stretches.get(days)
    if (stretch === undefined) {
      stretch = { resolution: 'day', since: dayNumberOf(days.since), until: dayNumberOf(days.until) }
      this.#stretches.set(days, stretch)
    }
    return stretch
  }

  #within(entity: FactEntity, measure: string, stretch: Stretch): Value {
    return this.#verdictOn(stretch) ?? this.#sum(entity, measure, stretch)
  }

  #verdictOn(stretch: Stretch): Unknown | null {
    let verdict = this.#verdicts.get(stretch)
    if (verdict === undefined) this.#verdicts.set(stretch, (verdict = this.#whyUnknown(stretch)))
    return verdict
  }

  /** Why a window is not known as a whole, or null where it is. The same for every entity and measure. */
  #whyUnknown({ resolution, since, until }: Stretch): Unknown | null {
    const { knowledge } = this.#dataset
    if (knowledge.kind === 'undated') return UNDATED
    const [first, last] = resolution === 'day' ? [since, until] : [Math.floor(since / 24), Math.floor(until / 24)]
    if (knowledge.kind === 'synced') {
      const ranges = (resolution === 'day' ? knowledge.days : knowledge.hours).filter(({ at }) => at <= this.at)
      return resolution === 'day' ? this.#whyDaysUnsynced(ranges, first, last) : this.#whyHoursUnsynced(ranges, since, until)
    }
    if (resolution === 'hour') return NO_HOURS
    const known = this.#knownDays()
    if (known === null) return NOTHING_YET
    if (first < known.first)
      return new Unknown(`no rows before ${isoDay(known.first)}`, `${isoDay(known.first)} öncesi için satır yok`)
    if (last <= known.last) return null
    return new Unknown(`no rows after ${isoDay(known.last)}`, `${isoDay(known.last)} sonrası için satır yok`)
  }

  #whyDaysUnsynced(ranges: readonly SyncedRange[], first: number, last: number): Unknown | null {
    for (let day = first; day <= last; day++) {
      const latest = latestOver(ranges, isoDay(day))
      if (latest === null) return new Unknown(`${isoDay(day)} was not read from Meta`, `${isoDay(day)} Meta’dan okunmadı`)
      if (day >= this.#today) {
        if (this.#isStale(latest)) return this.#stale(latest)
      } else if (latest < startOfDay(isoDay(day + 1), this.account.timezone)) {
        return new Unknown(
          `no good sync followed the end of ${isoDay(day)}`,
          `${isoDay(day)} bittikten sonra Meta’dan başarılı bir okuma yapılmadı`,
        )
      }
    }
    return null
  }

  #whyHoursUnsynced(ranges: readonly SyncedRange[], since: number, until: number): Unknown | null {
    for (let hour = since; hour <= until; hour++) {
      const day = Math.floor(hour / 24)
      const latest = latestOver(ranges, isoDay(day))
      if (latest === null) return new Unknown(`the hours of ${isoDay(day)} were not read from Meta`)
      if (day >= this.#today && this.#isStale(latest)) return this.#stale(latest)
      // An hour counts as read when the sync began after its end on the account's clock.
      const read = latest + offsetAt(latest, this.account.timezone)
      if (read < (hour + 1) * HOUR) return new Unknown(`no good sync followed the end of the hour ${hour % 24} of ${isoDay(day)}`)
    }
    return null
  }

  #isStale = (syncedAt: number): boolean => this.at - syncedAt > 2 * this.#pace + HOUR

  #stale(syncedAt: number): Unknown {
    const minutes = Math.round((this.at - syncedAt) / 60_000)
    return new Unknown(
      `the last good sync is ${minutes} minutes old, too old for today`,
      `son başarılı okuma ${minutes} dakika önceydi, bugün için çok eski`,
    )
  }

  /**
   * The stretch of clock hours. Meta counts by the account's clock: an hour that it skips has no row, and one that it shows
   * twice is one row of both, so that a stretch with only one of the two is not known.
   */
  #hours({ from, to }: HourRange): Stretch | Unknown {
    const clock = (instant: number): number => (instant + offsetAt(instant, this.account.timezone)) / HOUR
    const [since, until] = [clock(from), Math.floor(clock(to - 1))]
    if (!Number.isInteger(since)) return new Unknown('the clock changed by a part of an hour within these hours')
    if (clock(from - 1) >= since || clock(to) < until + 1)
      return new Unknown('the clock shows an hour twice, and only one of the two is within these hours')
    return { resolution: 'hour', since, until }
  }

  #sum(entity: FactEntity, measure: string, stretch: Stretch): Value {
    const own = this.#find(entity)
    if (own === null && entity.scope !== 'account') return new Unknown('the data does not have this entity')
    if (own?.scope === 'group' && own.campaigns.length === 0) return NO_CAMPAIGNS
    if (measure === 'results') return this.#results(own, stretch)
    if (measure === 'gross_spend') {
      const { gross } = this.account
      const spend = this.#additive(own, 'spend', stretch)
      if (!gross) return new Unknown('nothing says the account’s fees and taxes')
      return typeof spend === 'number' ? spend * (1 + gross.fees) * (1 + gross.tax) : spend
    }
    if (findMetric(measure)?.made.kind === 'asked') return this.#asked(own, measure, stretch)
    return this.#additive(own, measure, stretch)
  }

  #additive(own: Within, measure: string, stretch: Stretch, only?: string): Value {
    const { measures } = this.#dataset
    if (measures !== null && !measures.has(measure))
      return new Unknown(`the data has no \`${measure}\``, `veride \`${measure}\` yok`)
    const withheld = stretch.resolution === 'hour' ? this.#whyWithheld(measure, stretch) : null
    if (withheld !== null) return withheld
    const sum = this.#series(own, measure, stretch, only).sum(stretch.since, stretch.until)
    return sum.kind === 'unknown' && this.#isLeftOut(own, measure, stretch) ? LEFT_OUT : valueOf(sum)
  }

  /** Whether it is unknown because Meta left what happens off Meta out of a row. */
  #isLeftOut(own: Within, measure: string, stretch: Stretch): boolean {
    if (!mayBeOffMeta(measure) || !this.#dataset.hasMeasure(OFF_META)) return false
    return this.#series(own, OFF_META, stretch).sum(stretch.since, stretch.until).kind === 'unknown'
  }

  /** Why hours say nothing of a measure though they were read; null where they can be believed. */
  #whyWithheld(measure: string, { since, until }: Stretch): Unknown | null {
    const [first, last] = [Math.floor(since / 24), Math.floor(until / 24)]
    for (let day = first; day <= last; day++) if (this.#hoursVerdict.isEmpty(day)) return noRows(isoDay(day))
    if (!mayBeOffMeta(measure)) return null
    for (let day = first; day <= last; day++) {
      const verdict = this.#hoursVerdict.conversions(day)
      if (verdict?.found === 'none') return noConversions(isoDay(verdict.day))
    }
    return null
  }

  #series(own: Within, measure: string, { resolution }: Stretch, only?: string): Series {
    return this.#dataset.series(own, measure, resolution, only)
  }

  /** Entities without a row in the window had no results, whatever their goal. */
  #results(own: Within, stretch: Stretch): Value {
    const goals = this.#goalsWithRows(own, stretch)
    if (goals.length > 1 || goals.includes('mixed')) return MIXED
    const measure = goals[0] ?? this.account.result
    if (this.#dataset.measures?.has('results')) return this.#additive(own, 'results', stretch)
    if (findMetric(measure)?.made.kind === 'asked') return this.#asked(own, measure, stretch)
    const goal = uncountedGoal(measure)
    // Rows of days may say the results themselves, Meta's own count among them; rows of hours never do.
    if (stretch.resolution === 'day' && this.#dataset.saysResults) {
      const value = this.#additive(own, 'results', stretch)
      return goal !== null && value instanceof Unknown ? uncounted(goal) : value
    }
    return goal === null ? this.#additive(own, measure, stretch) : uncounted(goal)
  }

  #goalsWithRows(own: Within, stretch: Stretch): readonly string[] {
    const groups = this.#dataset.goalsWithin(own)
    if (groups.length === 1) return groups.map((goal) => goal ?? this.account.result)
    const active = groups.filter((goal) => this.#series(own, ROWS, stretch, goal ?? '').count(stretch.since, stretch.until) > 0)
    return [...new Set(active.map((goal) => goal ?? this.account.result))]
  }

  /** Reach and frequency: those of the one row that the window has, for people are not counted twice within it. */
  #asked(own: Within, field: string, stretch: Stretch): Value {
    const { measures, knowledge } = this.#dataset
    if (knowledge.kind === 'synced') return this.#askedOfMeta(own, field, stretch, knowledge.reach ?? [])
    const rows = this.#series(own, ROWS, stretch).count(stretch.since, stretch.until)
    if (rows > 1) return NOT_ADDITIVE
    if (measures === null ? this.#dataset.hasMeasure(field) : measures.has(field)) {
      if (field !== 'frequency' || rows === 1) return valueOf(this.#series(own, field, stretch).sum(stretch.since, stretch.until))
    }
    if (field !== 'frequency') return new Unknown(`the data has no \`${field}\``)
    const [impressions, reach] = [this.#additive(own, 'impressions', stretch), this.#asked(own, 'reach', stretch)]
    if (typeof impressions !== 'number' || typeof reach !== 'number') return typeof reach === 'number' ? impressions : reach
    if (reach === 0) return impressions === 0 ? NOBODY : new AtLeast(impressions)
    return impressions / reach
  }

  /** Of synced data, what was read of this very window. A window that nobody read is not known. */
  #askedOfMeta(own: Within, field: string, stretch: Stretch, windows: readonly AskedWindow[]): Value {
    if (own?.scope === 'group') return NOT_OF_GROUPS
    if (stretch.resolution === 'hour') return NOT_BY_HOUR
    const level = own?.scope ?? 'account'
    const [since, until] = [isoDay(stretch.since), isoDay(stretch.until)]
    const window = windows.find((one) => one.level === level && one.since === since && one.until === until && one.at <= this.at)
    if (window === undefined) {
      return new Unknown(
        `reach and frequency of ${since} to ${until} were not read from Meta`,
        `${since} – ${until} dönemi için erişim ve sıklık Meta’dan okunmadı`,
      )
    }
    if (stretch.until >= this.#today) {
      if (this.#isStale(window.at)) return this.#stale(window.at)
    } else if (window.at < startOfDay(isoDay(stretch.until + 1), this.account.timezone)) {
      return new Unknown(
        `reach and frequency of ${since} to ${until} were read before ${until} ended`,
        `${since} – ${until} dönemi bitmeden okunan erişim ve sıklık kesin değil`,
      )
    }
    const row = window.rows.get(own === null ? (this.account.id ?? '') : own.key)
    const given = row?.[field === 'reach' ? 'reach' : 'frequency']
    if (given !== undefined && given !== null) return given
    const impressions = this.#additive(own, 'impressions', stretch)
    if (typeof impressions !== 'number') return impressions
    // No row is not zero: only where nothing was shown, nobody was reached.
    if (impressions > 0) return field === 'frequency' && row?.reach ? impressions / row.reach : NOT_GIVEN
    return field === 'reach' ? 0 : NOBODY
  }
}

/** When the latest of the syncs that cover a day was asked. */
function latestOver(ranges: readonly SyncedRange[], day: string): number | null {
  let latest: number | null = null
  for (const { since, until, at } of ranges) if (since <= day && until >= day && (latest === null || at > latest)) latest = at
  return latest
}

const noRows = (day: string): Unknown =>
  new Unknown(
    `Meta gave no rows by the hour for ${day}, though the account delivered that day`,
    `Meta ${day} için saatlik satır vermedi, oysa hesap o gün yayındaydı`,
  )

const noConversions = (day: string): Unknown =>
  new Unknown(
    `Meta gives no conversions by the hour for this account: those of ${day} are in its day and in none of its hours`,
    `Meta bu hesap için saatlik dönüşüm vermiyor: ${day} gününün dönüşümleri günlük satırda var, saatlerinde yok`,
  )

const uncounted = (goal: string): Unknown =>
  new Unknown(
    `Meta’s goal ${goal} has no action type that is known, so that its results are known only where Meta’s own \`results\` say them`,
    `Meta’nın ${goal} hedefinin bilinen bir eylem türü yok; sonuçları yalnızca Meta’nın kendi sonuç sayısından bilinir`,
  )

function valueOf(sum: Sum): Value {
  if (sum.kind === 'sum') return sum.value
  return sum.kind === 'cut' ? CUT : BLANK
}
