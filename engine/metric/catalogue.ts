/**
 * Every metric a rule may name, once: its unit, what it is made of, and words for people. The unit check, the evaluation,
 * the CSV reader, the editor's completion and the reference in docs/ all read this list.
 */

import type { UnitKind } from '../value/unit.js'

export interface MetricDefinition {
  readonly name: string
  readonly unit: UnitKind
  readonly made: MetricFormula
  readonly description: { readonly en: string; readonly tr: string }
}

/**
 * `sum` adds a measure up over days and entities. `ratio` is a ratio of two sums, never a mean of ratios; where
 * `overCount` the denominator counts things that may yet happen, so that over zero the ratio is "at least" its numerator.
 * `asked` does not add up and must be asked of Meta for the very window. `scale` multiplies the ratio (`cpm`: 1000).
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

const sum = (measure: string): MetricFormula => ({ kind: 'sum', measure })
const ratio = (numerator: string, denominator: string, overCount: boolean, scale = 1): MetricFormula => ({
  kind: 'ratio',
  numerator,
  denominator,
  overCount,
  scale,
})

const define = (name: string, unit: UnitKind, made: MetricFormula, en: string, tr: string): MetricDefinition => ({
  name,
  unit,
  made,
  description: { en, tr },
})

/** How much was delivered: Meta counts it itself and at once, whatever the shop, the pixel or an app does. */
export const DELIVERY: ReadonlySet<string> = new Set([
  'spend',
  'gross_spend',
  'impressions',
  'reach',
  'frequency',
  'clicks',
  'link_clicks',
  'outbound_clicks',
  'video_3s_views',
  'thruplays',
])

/**
 * Names are those of Meta's Insights. The measures `results` and `gross_spend` are worked out per ad set and account by
 * whoever answers for the facts; the rest are Insights' own fields and actions.
 */
export const METRICS: readonly MetricDefinition[] = [
  define('spend', 'money', sum('spend'), 'Amount spent', 'Harcanan tutar'),
  define(
    'gross_spend',
    'money',
    sum('gross_spend'),
    'Amount spent with the account’s fees and taxes',
    'Ücret ve vergilerle harcanan tutar',
  ),
  define('impressions', 'count', sum('impressions'), 'Times the ads were on screen', 'Gösterim'),
  define('reach', 'count', { kind: 'asked', field: 'reach' }, 'People who saw the ads at least once', 'Erişim'),
  define('frequency', 'number', { kind: 'asked', field: 'frequency' }, 'Mean number of times a person saw the ads', 'Sıklık'),
  define('clicks', 'count', sum('clicks'), 'Clicks (all)', 'Tıklamalar (tümü)'),
  define('link_clicks', 'count', sum('link_clicks'), 'Clicks on links', 'Bağlantı tıklamaları'),
  define('outbound_clicks', 'count', sum('outbound_clicks'), 'Clicks that leave Meta', 'Dışa giden tıklamalar'),
  define('landing_page_views', 'count', sum('landing_page_views'), 'Landing page views', 'Açılış sayfası görüntülemeleri'),
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
  define('video_3s_views', 'count', sum('video_3s_views'), 'Video plays of 3 seconds', '3 saniyelik video oynatma'),
  define('thruplays', 'count', sum('thruplays'), 'ThruPlays', 'ThruPlay'),
  define('purchases', 'count', sum('purchases'), 'Purchases', 'Satın alma'),
  define('leads', 'count', sum('leads'), 'Leads', 'Potansiyel müşteri'),
  define('add_to_cart', 'count', sum('add_to_cart'), 'Adds to cart', 'Sepete ekleme'),
  define('installs', 'count', sum('installs'), 'App installs', 'Uygulama yükleme'),
  define('messages', 'count', sum('messages'), 'Messaging conversations started', 'Başlatılan mesajlaşma'),
  define('revenue', 'money', sum('revenue'), 'Value of purchases', 'Satın alma değeri'),
  define('roas', 'number', ratio('revenue', 'spend', false), 'Revenue over spend', 'Reklam harcamasının getirisi'),
  define('results', 'count', sum('results'), 'What the ad set optimises for', 'Sonuçlar'),
  define('cpa', 'money', ratio('spend', 'results', true), 'Spend over results', 'Sonuç başına maliyet'),
]

const byName = new Map(METRICS.map((metric) => [metric.name, metric]))

export const findMetric = (name: string): MetricDefinition | undefined => byName.get(name)
