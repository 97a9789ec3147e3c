/**
 * What columns are called: Insights' field names, a plain `date`, and the headers of Ads Manager's exports in English and
 * Turkish. A name further back in a list counts only where those before it are missing: `Purchases` holds the website's too.
 */

import { ACTION_TYPES } from '../metric/actions.js'
import { isCurrency } from '../account/currency.js'

/** Columns that are not measures. */
const FIELDS = {
  day: ['date', 'day', 'gün', 'tarih'],
  since: ['date start', 'reporting starts', 'raporlama başlangıcı', 'rapor başlangıcı', 'raporlama başlangıç tarihi'],
  until: ['date stop', 'reporting ends', 'raporlama bitişi', 'rapor bitişi', 'raporlama bitiş tarihi', 'raporlama sonu'],
  campaign_id: ['campaign id', 'kampanya kimliği', 'kampanya no'],
  campaign_name: ['campaign name', 'campaign', 'kampanya adı', 'kampanya'],
  adset_id: ['adset id', 'ad set id', 'reklam seti kimliği', 'reklam seti no'],
  adset_name: ['adset name', 'ad set name', 'ad set', 'adset', 'reklam seti adı', 'reklam seti'],
  ad_id: ['ad id', 'reklam kimliği', 'reklam no'],
  ad_name: ['ad name', 'ad', 'reklam adı', 'reklam'],
  currency: ['account currency', 'currency', 'para birimi', 'hesap para birimi'],
  result_type: ['result indicator', 'result type', 'sonuç göstergesi', 'sonuç türü'],
  configured_status: ['status', 'configured status', 'durum'],
  effective_status: ['effective status', 'delivery status', 'delivery', 'yayın durumu', 'yayın'],
  campaign_status: ['campaign delivery', 'campaign status', 'kampanya yayını', 'kampanya durumu'],
  adset_status: ['ad set delivery', 'ad set status', 'adset status', 'reklam seti yayını', 'reklam seti durumu'],
  ad_status: ['ad delivery', 'ad status', 'reklam yayını', 'reklam durumu'],
  objective: ['objective', 'campaign objective', 'amaç', 'kampanya amacı'],
  daily_budget: ['daily budget', 'günlük bütçe'],
  lifetime_budget: ['lifetime budget', 'toplam bütçe'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type Field = keyof typeof FIELDS

const MEASURES: Readonly<Record<string, readonly string[]>> = {
  spend: ['spend', 'amount spent', 'harcanan tutar'],
  impressions: ['impressions', 'gösterimler', 'gösterim'],
  reach: ['reach', 'erişim'],
  frequency: ['frequency', 'sıklık'],
  clicks: ['clicks', 'clicks (all)', 'tıklamalar (tümü)', 'tıklamalar'],
  link_clicks: ['link clicks', 'inline link clicks', 'bağlantı tıklamaları'],
  outbound_clicks: ['outbound clicks', 'giden tıklamalar', 'dışa giden tıklamalar'],
  landing_page_views: ['landing page views', 'açılış sayfası görüntülemeleri', 'website landing page views'],
  video_3s_views: ['video 3s views', '3-second video plays', '3 saniyelik video oynatmaları', '3 saniyelik video oynatma sayısı'],
  thruplays: ['thruplays', 'thruplay', "thruplay'ler", 'thruplay sayısı'],
  purchases: [
    'purchases',
    'satın almalar',
    'satın alma',
    'alışverişler',
    'website purchases',
    'internet sitesi satın almaları',
    'internet sitesinden satın almalar',
    'web sitesi satın almaları',
  ],
  leads: ['leads', 'potansiyel müşteriler', 'potansiyel müşteri', 'website leads', 'internet sitesi potansiyel müşterileri'],
  add_to_cart: ['add to cart', 'adds to cart', 'sepete eklemeler', 'sepete ekleme', 'website adds to cart'],
  installs: ['installs', 'app installs', 'mobile app installs', 'uygulama yüklemeleri', 'uygulama yükleme sayısı'],
  messages: ['messages', 'messaging conversations started', 'başlatılan mesajlaşmalar', 'başlatılan mesajlaşma sohbetleri'],
  revenue: [
    'revenue',
    'purchases conversion value',
    'purchase conversion value',
    'satın alma dönüşüm değeri',
    'satın almalar dönüşüm değeri',
    'alışveriş dönüşüm değeri',
    'website purchases conversion value',
    'internet sitesi satın almaları dönüşüm değeri',
    'internet sitesinden satın alma dönüşüm değeri',
  ],
  results: ['results', 'sonuçlar'],
}

/** What a column holds; the smaller `rank` counts where two columns hold the same. */
export type Heading =
  | { readonly kind: 'field'; readonly field: Field; readonly rank: number }
  | { readonly kind: 'measure'; readonly measures: readonly { readonly measure: string; readonly rank: number }[] }

/** A header without what people write differently: case, accents' typing, underscores, the currency behind it. */
export function foldHeader(header: string): string {
  return header
    .normalize('NFC')
    .replaceAll('İ', 'i')
    .toLowerCase()
    .replaceAll('\u0307', '')
    .replace(/[_\s\u00a0]+/g, ' ')
    .trim()
}

const KNOWN = new Map<string, Heading>()
for (const [field, names] of Object.entries(FIELDS))
  for (const [rank, name] of names.entries()) KNOWN.set(foldHeader(name), { kind: 'field', field: field as Field, rank })
for (const [measure, names] of Object.entries(MEASURES))
  for (const [rank, name] of names.entries()) KNOWN.set(foldHeader(name), { kind: 'measure', measures: [{ measure, rank }] })

/** `actions:omni_purchase`, `action_values[omni_purchase]`, or an action type with a dot in it by itself. */
const ACTION = /^(actions?|(?:action )?values?)\s*[:.[]\s*([a-z0-9_.]+)\]?$/
/** Behind the plain names: a column that says outright what it is goes before one of a single action type. */
const ACTION_RANK = 100

/** What a header names, and the currency that it bears; null where it is none of ours. */
export function readHeader(header: string): { readonly heading: Heading | null; readonly currency: string | null } {
  const bearing = /^(.*\S)\s*\(([A-Za-z]{3})\)$/.exec(header.trim())
  const code = bearing?.[2]?.toUpperCase() ?? ''
  const currency = isCurrency(code) ? code : null
  const folded = foldHeader(currency === null ? header : bearing![1]!)
  return { heading: KNOWN.get(folded) ?? actionHeading(header), currency }
}

function actionHeading(header: string): Heading | null {
  const written = header.trim().toLowerCase().replaceAll('action_value', 'action value')
  const match = ACTION.exec(written)
  const type = match?.[2] ?? (/^[a-z0-9_]+(\.[a-z0-9_]+)+$/.test(written) ? written : null)
  if (type === null) return null
  const isValue = match?.[1]?.includes('value') ?? false
  const derived = Object.entries(ACTION_TYPES).flatMap(([measure, types]) => {
    const rank = (types as readonly string[]).indexOf(type)
    if (rank < 0) return []
    if (isValue) return measure === 'purchases' ? [{ measure: 'revenue', rank: ACTION_RANK + rank }] : []
    return [{ measure, rank: ACTION_RANK + rank }]
  })
  return { kind: 'measure', measures: [{ measure: `${isValue ? 'value' : 'action'}:${type}`, rank: 0 }, ...derived] }
}

/** The measure that a result type of Ads Manager names: `Purchases`, `actions:offsite_conversion.fb_pixel_lead`. */
export function measureNamed(text: string): string | null {
  const { heading } = readHeader(text)
  if (heading?.kind !== 'measure') return null
  return (heading.measures[1] ?? heading.measures[0])?.measure ?? null
}
