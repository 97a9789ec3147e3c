/**
 * Every metric that a rule may use: its unit, its formula and its description. The unit check, the evaluation, the CSV reader,
 * the editor's completion and the reference in docs/ all read this list.
 */

import type { UnitKind } from '../value/unit.js'

export interface MetricDefinition {
  readonly name: string
  readonly unit: UnitKind
  /** The formula; a sum also states how its measure arrives. */
  readonly made: Exclude<MetricFormula, { kind: 'sum' }> | SumOfCatalogue
  readonly description: { readonly en: string; readonly tr: string }
}

/**
 * `sum` adds a measure up over days and entities. `ratio` is a ratio of two sums, never a mean of ratios; with `overCount` the
 * denominator counts events that may still happen, so while it is zero the ratio is "at least" its numerator. `asked` does not
 * add up and must be requested from Meta for exactly the window. `scale` multiplies the ratio (`cpm`: 1000).
 */
export type MetricFormula =
  | { readonly kind: 'sum'; readonly measure: string }
  | {
      readonly kind: 'ratio'
      readonly numerator: string
      readonly denominator: string
      readonly overCount: boolean
      readonly scale: number
    }
  | { readonly kind: 'asked'; readonly field: string }

export interface MeasureFacts {
  /** `late`: credited to the day of the click, but reported up to days later. `at-once`: final when the day is over. */
  readonly arrives: 'at-once' | 'late'
  /**
   * `off-meta`: on a website or in an app; Meta learns of it from the pixel or an SDK, and leaves it out of some rows. `both`:
   * one number for what happens on Meta and off it.
   */
  readonly happens: 'on-meta' | 'off-meta' | 'both'
  /** Whether it is the number or the value of something that people do after a click. */
  readonly isConversion: boolean
}

type SumOfCatalogue = Extract<MetricFormula, { kind: 'sum' }> & MeasureFacts

/** A measure of delivery: Meta counts it itself and at once, independently of shop, pixel and app. */
const delivered = (measure: string): SumOfCatalogue => ({
  ...{ kind: 'sum', measure },
  ...{ arrives: 'at-once', happens: 'on-meta', isConversion: false },
})
const visited = (measure: string): SumOfCatalogue => ({
  ...{ kind: 'sum', measure },
  ...{ arrives: 'late', happens: 'both', isConversion: false },
})
const converted = (measure: string, happens: MeasureFacts['happens']): SumOfCatalogue => ({
  ...{ kind: 'sum', measure },
  ...{ arrives: 'late', happens, isConversion: true },
})
const ratio = (numerator: string, denominator: string, overCount: boolean, scale = 1): MetricDefinition['made'] => ({
  kind: 'ratio',
  numerator,
  denominator,
  overCount,
  scale,
})

const define = (name: string, unit: UnitKind, made: MetricDefinition['made'], en: string, tr: string): MetricDefinition => ({
  name,
  unit,
  made,
  description: { en, tr },
})

/**
 * Names are those of Meta's Insights. The measures `results` and `gross_spend` are computed per ad set and account by
 * the facts; the rest are Insights' own fields and actions.
 */
export const METRICS: readonly MetricDefinition[] = [
  define('spend', 'money', delivered('spend'), 'Amount spent', 'Harcanan tutar'),
  define(
    'gross_spend',
    'money',
    delivered('gross_spend'),
    'Amount spent with the account’s fees and taxes',
    'Ücret ve vergilerle harcanan tutar',
  ),
  define('impressions', 'count', delivered('impressions'), 'Times the ads were on screen', 'Gösterim'),
  define('reach', 'count', { kind: 'asked', field: 'reach' }, 'People who saw the ads at least once', 'Erişim'),
  define('frequency', 'number', { kind: 'asked', field: 'frequency' }, 'Mean number of times a person saw the ads', 'Sıklık'),
  define('clicks', 'count', delivered('clicks'), 'Clicks (all)', 'Tıklamalar (tümü)'),
  define('link_clicks', 'count', delivered('link_clicks'), 'Clicks on links', 'Bağlantı tıklamaları'),
  define('outbound_clicks', 'count', delivered('outbound_clicks'), 'Clicks that leave Meta', 'Dışa giden tıklamalar'),
  define('landing_page_views', 'count', visited('landing_page_views'), 'Landing page views', 'Açılış sayfası görüntülemeleri'),
  define('ctr', 'percentage', ratio('clicks', 'impressions', true), 'Clicks (all) per impression', 'Tıklama oranı (tümü)'),
  define(
    'link_ctr',
    'percentage',
    ratio('link_clicks', 'impressions', true),
    'Link clicks per impression',
    'Bağlantı tıklama oranı',
  ),
  define('cpc', 'money', ratio('spend', 'clicks', true), 'Cost per click (all)', 'Tıklama başına maliyet'),
  define(
    'cpm',
    'money',
    ratio('spend', 'impressions', true, 1000),
    'Cost per 1,000 impressions',
    '1.000 gösterim başına maliyet',
  ),
  define('video_3s_views', 'count', delivered('video_3s_views'), 'Video plays of 3 seconds', '3 saniyelik video oynatma'),
  define('thruplays', 'count', delivered('thruplays'), 'ThruPlays', 'ThruPlay'),
  define('purchases', 'count', converted('purchases', 'off-meta'), 'Purchases', 'Satın alma'),
  define('leads', 'count', converted('leads', 'both'), 'Leads', 'Potansiyel müşteri'),
  define('add_to_cart', 'count', converted('add_to_cart', 'off-meta'), 'Adds to cart', 'Sepete ekleme'),
  define('installs', 'count', converted('installs', 'off-meta'), 'App installs', 'Uygulama yükleme'),
  define('messages', 'count', converted('messages', 'on-meta'), 'Messaging conversations started', 'Başlatılan mesajlaşma'),
  define('revenue', 'money', converted('revenue', 'both'), 'Value of purchases', 'Satın alma değeri'),
  define('roas', 'number', ratio('revenue', 'spend', false), 'Revenue over spend', 'Reklam harcamasının getirisi'),
  define('results', 'count', converted('results', 'both'), 'What the ad set optimises for', 'Sonuçlar'),
  define('cpa', 'money', ratio('spend', 'results', true), 'Spend over results', 'Sonuç başına maliyet'),
]

const byName = new Map(METRICS.map((metric) => [metric.name, metric]))

export const findMetric = (name: string): MetricDefinition | undefined => byName.get(name)

const factsByMeasure = new Map(METRICS.flatMap(({ made }) => (made.kind === 'sum' ? [[made.measure, made] as const] : [])))
const asked = new Set(METRICS.flatMap(({ made }) => (made.kind === 'asked' ? [made.field] : [])))

/** Returns undefined for measures that are not in the catalogue, such as `action:…`, and for those requested by window. */
export const factsOfMeasure = (measure: string): MeasureFacts | undefined => factsByMeasure.get(measure)

/** Whether a measure is final when its day is over. Action types that are not in the catalogue count as late conversions. */
export const arrivesAtOnce = (measure: string): boolean =>
  asked.has(measure) || factsByMeasure.get(measure)?.arrives === 'at-once'
