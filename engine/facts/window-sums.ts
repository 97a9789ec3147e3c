/** Sums a dataset's measures over windows, for one account as of one moment. */

import { isoDay } from '../clock/day.js'
import { startOfDay } from '../clock/zone.js'
import { findMetric } from '../metric/catalogue.js'
import { mayBeOffMeta, OFF_META } from '../metric/off-meta.js'
import { uncountedGoal } from '../metric/result.js'
import { AtLeast, Unknown, type Value } from '../value/value.js'
import type { AskedWindow } from './dataset-source.js'
import type { Dataset, Subtree } from './dataset.js'
import type { FactAccount } from './facts.js'
import type { HoursVerdict } from './hours-verdict.js'
import type { KnownWindows, Stretch } from './known-windows.js'
import { ROWS, type Series, type Sum } from './series.js'

const CUT = new Unknown(
  'the window begins or ends within a row that covers several days',
  'dönem, birkaç günü kapsayan bir satırın içinde başlıyor ya da bitiyor',
)
const BLANK = new Unknown('the data has no value for part of the window', 'dönemin bir bölümü için veride değer yok')
const LEFT_OUT = new Unknown(
  'Meta returns no conversions across ad sets with different attribution settings, and part of the spend belongs to ad sets that it does not list',
  'Meta farklı ilişkilendirme ayarları üzerinden dönüşüm vermez ve harcamanın bir bölümü listelemediği reklam setlerine ait',
)
const MIXED = new Unknown(
  'the results are of different goals and do not add up',
  'sonuçlar farklı hedeflerden geliyor ve toplanamaz',
)
const NOT_ADDITIVE = new Unknown('reach and frequency do not add up over days or entities, and no single row covers this window')
const NOBODY = new Unknown('nobody was reached', 'kimseye ulaşılmadı')
const NOT_GIVEN = new Unknown('Meta returned no reach for this window', 'Meta bu dönem için erişim vermedi')
const NOT_BY_HOUR = new Unknown(
  'Meta returns reach and frequency by whole days, not by hours',
  'Meta erişim ve sıklığı saatlik değil, gün olarak verir',
)
const NOT_OF_GROUPS = new Unknown(
  'Meta returns reach and frequency for a campaign or the account, not for a group',
  'Meta erişim ve sıklığı grup için değil, kampanya ya da hesap için verir',
)

export class WindowSums {
  /** @param at epoch milliseconds; data that was read later is ignored */
  constructor(
    private readonly dataset: Dataset,
    private readonly account: FactAccount,
    private readonly at: number,
    private readonly known: KnownWindows,
    private readonly hours: HoursVerdict,
  ) {}

  /** Returns a measure of an entity and everything under it. The window must be known (`KnownWindows.whyUnknown`). */
  of(own: Subtree, measure: string, stretch: Stretch): Value {
    if (measure === 'results') return this.#results(own, stretch)
    if (measure === 'gross_spend') {
      const { gross } = this.account
      const spend = this.#additive(own, 'spend', stretch)
      if (!gross) return new Unknown('the account’s fees and taxes are not set')
      return typeof spend === 'number' ? spend * (1 + gross.fees) * (1 + gross.tax) : spend
    }
    if (findMetric(measure)?.made.kind === 'asked') return this.#asked(own, measure, stretch)
    return this.#additive(own, measure, stretch)
  }

  #additive(own: Subtree, measure: string, stretch: Stretch, only?: string): Value {
    const { measures } = this.dataset
    if (measures !== null && !measures.has(measure))
      return new Unknown(`the data has no \`${measure}\``, `veride \`${measure}\` yok`)
    const withheld = stretch.resolution === 'hour' ? this.#whyWithheld(measure, stretch) : null
    if (withheld !== null) return withheld
    const sum = this.#series(own, measure, stretch, only).sum(stretch.since, stretch.until)
    return sum.kind === 'unknown' && this.#isLeftOut(own, measure, stretch) ? LEFT_OUT : valueOf(sum)
  }

  /** Whether the value is unknown because Meta left off-Meta conversions out of a row. */
  #isLeftOut(own: Subtree, measure: string, stretch: Stretch): boolean {
    if (!mayBeOffMeta(measure) || !this.dataset.hasMeasure(OFF_META)) return false
    return this.#series(own, OFF_META, stretch).sum(stretch.since, stretch.until).kind === 'unknown'
  }

  /** Returns why hourly rows that were read do not give the measure; null if they can be trusted. */
  #whyWithheld(measure: string, { since, until }: Stretch): Unknown | null {
    const [first, last] = [Math.floor(since / 24), Math.floor(until / 24)]
    for (let day = first; day <= last; day++) if (this.hours.isEmpty(day)) return noRows(isoDay(day))
    if (!mayBeOffMeta(measure)) return null
    for (let day = first; day <= last; day++) {
      const verdict = this.hours.conversions(day)
      if (verdict?.found === 'none') return noConversions(isoDay(verdict.day))
    }
    return null
  }

  #series(own: Subtree, measure: string, { resolution }: Stretch, only?: string): Series {
    return this.dataset.series(own, measure, resolution, only)
  }

  /** Entities without a row in the window had no results, whatever their goal. */
  #results(own: Subtree, stretch: Stretch): Value {
    const goals = this.#goalsWithRows(own, stretch)
    if (goals.length > 1 || goals.includes('mixed')) return MIXED
    const measure = goals[0] ?? this.account.result
    if (this.dataset.measures?.has('results')) return this.#additive(own, 'results', stretch)
    if (findMetric(measure)?.made.kind === 'asked') return this.#asked(own, measure, stretch)
    const goal = uncountedGoal(measure)
    // Daily rows may contain the results themselves, such as Meta's own count; hourly rows never do.
    if (stretch.resolution === 'day' && this.dataset.hasResults) {
      const value = this.#additive(own, 'results', stretch)
      return goal !== null && value instanceof Unknown ? uncounted(goal) : value
    }
    return goal === null ? this.#additive(own, measure, stretch) : uncounted(goal)
  }

  /** Returns the goals of the entities with rows in the window; a goal that is not known is the account's. */
  #goalsWithRows(own: Subtree, stretch: Stretch): readonly string[] {
    const goals = this.dataset.goalsWithin(own)
    if (goals.length === 1) return goals.map((goal) => goal ?? this.account.result)
    const active = goals.filter((goal) => this.#series(own, ROWS, stretch, goal ?? '').count(stretch.since, stretch.until) > 0)
    return [...new Set(active.map((goal) => goal ?? this.account.result))]
  }

  /** Returns reach or frequency of the window's only row: within one row, nobody is counted twice. */
  #asked(own: Subtree, field: string, stretch: Stretch): Value {
    const { measures, knowledge } = this.dataset
    if (knowledge.kind === 'synced') return this.#askedOfMeta(own, field, stretch, knowledge.reach ?? [])
    const rows = this.#series(own, ROWS, stretch).count(stretch.since, stretch.until)
    if (rows > 1) return NOT_ADDITIVE
    if (measures === null ? this.dataset.hasMeasure(field) : measures.has(field)) {
      if (field !== 'frequency' || rows === 1) return valueOf(this.#series(own, field, stretch).sum(stretch.since, stretch.until))
    }
    if (field !== 'frequency') return new Unknown(`the data has no \`${field}\``)
    const [impressions, reach] = [this.#additive(own, 'impressions', stretch), this.#asked(own, 'reach', stretch)]
    if (typeof impressions !== 'number' || typeof reach !== 'number') return typeof reach === 'number' ? impressions : reach
    if (reach === 0) return impressions === 0 ? NOBODY : new AtLeast(impressions)
    return impressions / reach
  }

  /** Returns reach or frequency of synced data if it was read for exactly this window; any other window is unknown. */
  #askedOfMeta(own: Subtree, field: string, stretch: Stretch, windows: readonly AskedWindow[]): Value {
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
    if (stretch.until >= this.known.today) {
      if (this.known.isStale(window.at)) return this.known.stale(window.at)
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
    // A missing row does not mean zero: nobody was reached only if there were no impressions.
    if (impressions > 0) return field === 'frequency' && row?.reach ? impressions / row.reach : NOT_GIVEN
    return field === 'reach' ? 0 : NOBODY
  }
}

const noRows = (day: string): Unknown =>
  new Unknown(
    `Meta returned no hourly rows for ${day}, although the account delivered that day`,
    `Meta ${day} için saatlik satır vermedi, oysa hesap o gün yayındaydı`,
  )

const noConversions = (day: string): Unknown =>
  new Unknown(
    `Meta returns no hourly conversions for this account: those of ${day} are in its daily row but in none of its hourly rows`,
    `Meta bu hesap için saatlik dönüşüm vermiyor: ${day} gününün dönüşümleri günlük satırda var, saatlerinde yok`,
  )

const uncounted = (goal: string): Unknown =>
  new Unknown(
    `no action type is known for Meta’s goal ${goal}, so its results are known only from Meta’s own \`results\``,
    `Meta’nın ${goal} hedefinin bilinen bir eylem türü yok; sonuçları yalnızca Meta’nın kendi sonuç sayısından bilinir`,
  )

function valueOf(sum: Sum): Value {
  if (sum.kind === 'sum') return sum.value
  return sum.kind === 'cut' ? CUT : BLANK
}
