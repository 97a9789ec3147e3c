/** The words of a report in Turkish. */

import type { ComparedWith } from './report.js'
import type { ReportWords } from './words.js'

const WEEKDAYS = ['pazartesi', 'salı', 'çarşamba', 'perşembe', 'cuma', 'cumartesi', 'pazar']
const WEEKDAYS_DATIVE = ['pazartesiye', 'salıya', 'çarşambaya', 'perşembeye', 'cumaya', 'cumartesiye', 'pazara']
const against = (to: ComparedWith, weekday: number): string =>
  ({
    'day-before': 'bir önceki güne',
    'week-before': 'önceki haftaya',
    'same-weekday': `geçen ${WEEKDAYS_DATIVE[weekday]}`,
  })[to]
const nameOf = (to: ComparedWith, weekday: number): string =>
  ({
    'day-before': 'önceki gün',
    'week-before': 'önceki hafta',
    'same-weekday': `bir hafta önceki ${WEEKDAYS[weekday]}`,
  })[to]
const SCOPES = { campaign: 'kampanya', adset: 'reklam setleri' } as const

export const TR: ReportWords = {
  title: { daily: 'Günlük rapor', weekly: 'Haftalık rapor' },
  metrics: {
    spend: 'Harcama',
    results: 'Sonuç',
    cpa: 'Sonuç başına maliyet',
    revenue: 'Gelir',
    roas: 'ROAS',
    ctr: 'CTR',
    cpm: 'CPM',
    cpc: 'CPC',
  },
  legend: (to, weekday) => `Parantez içinde: ${to.map((one) => against(one, weekday)).join(' ve ')} göre değişim.`,
  before: (value) => `önceden ${value}`,
  notCompared: (to, weekday, reason) => `${capital(nameOf(to, weekday))} bilinmediği için karşılaştırılmadı: ${reason}.`,
  unknown: (what, reason) => `Bilinmiyor: ${what} (${reason}).`,
  attribution: (settings) => `İlişkilendirme: ${settings}`,
  month: (month, days, spend) => `${month} (${days}): ${spend}`,
  ofBudget: (budget, share, elapsed) => `${budget} bütçenin ${possessive(share)} kullanıldı; ayın ${possessive(elapsed)} geçti`,
  forecast: (total) => `Ay sonu tahmini: ${total}`,
  band: (lo, hi) => `%80 olasılıkla ${lo} ile ${hi} arasında`,
  shareOfBudget: (share) => `bütçenin ${possessive(share)}`,
  noForecast: (reason) => `Ay sonu tahmini: bilinmiyor (${reason}).`,
  best: (scope, days) => `Sonuç başına en ucuz ${SCOPES[scope]} (${days}):`,
  worst: (scope, days) => `Sonuç başına en pahalı ${SCOPES[scope]} (${days}):`,
  ranked: (cost, results, spend) => `${cost} (sonuç: ${results}, harcama: ${spend})`,
  tooFew: (_, days, least) =>
    `Reklam setleri karşılaştırılmadı (${days}): en az ${least} sonuç getiren ya da bunun için yeterince harcayan iki set yok.`,
  notRanked: (_, reason) => `Reklam setleri karşılaştırılmadı: ${reason}.`,
  did: 'tetik:',
  didNothing: 'tetik: hiçbir kural tetiklenmedi, hiçbir şey değiştirilmedi.',
  counts: {
    carriedOut: (count) => `${count} karar uygulandı`,
    observed: (count) => `${count} karar yalnızca izleme kipinde kaydedildi`,
    refused: (count) => `${count} karar reddedildi`,
    failed: (count) => `${count} karar başarısız oldu`,
    stopped: (count) => `${count} karar durduruldu`,
    underWay: (count) => `${count} karar sürüyor`,
  },
  changes: {
    paused: (entity) => `Duraklatıldı: ${entity}`,
    started: (entity) => `Başlatıldı: ${entity}`,
    changed: (what, entity, before, after) => `${what}: ${entity}, ${before} → ${after}`,
    renamed: (before, after) => `Yeniden adlandırıldı: ${before} → ${after}`,
    labelled: (entity) => `Etiketlendi: ${entity}`,
    copied: (entity) => `Kopyalandı: ${entity}`,
  },
  fields: { daily_budget: 'Günlük bütçe', lifetime_budget: 'Toplam bütçe', bid_amount: 'Teklif' },
  by: (rule) => ` (${rule ?? 'bir kişi'})`,
  doubtful: (count) => `${count} değişiklik gönderildi, Meta henüz onaylamadı.`,
  refusals: (count) => `Reddedilenler (${count}):`,
  alerts: (count) => `Açık uyarılar (${count}):`,
  alert: (what, value, lo, hi, since) => `${what}: ${value ?? 'yok'}, beklenen ${lo} – ${hi} (${since} tarihinden beri)`,
  approvals: (count) => `Onay bekleyenler (${count}):`,
  approval: (rule, entity, until) => `${rule}: ${entity} (son: ${until})`,
  suggestions: (count) => `Öneriler (${count}):`,
  more: (count) => `… ve ${count} tane daha`,
  stopped: (reason, by, since) => `Kurallar ${since} tarihinden beri durmuş durumda: ${reason} (${by}).`,
  data: (at, zone) => `Veriler ${at} (${zone}) itibarıyla Meta’dan; son günlerin sonuçları artabilir.`,
  noData: 'Meta’dan henüz hiç veri okunmadı.',
  file: 'Veriler bir dosyadan.',
}

const OF_DIGITS = ['ı', 'i', 'si', 'ü', 'ü', 'i', 'sı', 'si', 'i', 'u'] as const
const OF_TENS = ['ı', 'u', 'si', 'u', 'ı', 'si', 'ı', 'i', 'i', 'ı'] as const

/** Adds the possessive suffix to a percentage. It depends on how the number is read aloud: `%62,5’i`, `%96,7’si`, `%30’u`. */
export function possessive(percentage: string): string {
  const digits = percentage.replace(/\D/g, '')
  const [tens, ones] = [Number(digits.at(-2) ?? 0), Number(digits.at(-1))]
  const isRound = ones === 0 && !percentage.includes(',')
  // Bin’i, yüz’ü, otuz’u, beş’i.
  const ofRound = digits.endsWith('000') ? 'i' : digits.endsWith('00') ? 'ü' : OF_TENS[tens]
  const suffix = isRound ? ofRound : OF_DIGITS[ones]
  return `${percentage}’${suffix}`
}

const capital = (text: string): string => text.slice(0, 1).toLocaleUpperCase('tr-TR') + text.slice(1)
