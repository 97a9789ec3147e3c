/**
 * How metrics, choices and scopes are called in sentences. Turkish terms are those of Meta's Turkish Ads Manager, except that
 * results have the names that marketers use: "form" and "mesaj".
 */

/** Words in both languages. */
export interface InBoth<T> {
  readonly en: T
  readonly tr: T
}

export interface MetricWords {
  /** As Ads Manager calls the column. */
  readonly title: string
  /** Within a sentence. Of a count, the thing that is counted: "purchases", "alışveriş". */
  readonly phrase: string
  /** English counts: one of them. */
  readonly one?: string
  /** One line, for tooltips. */
  readonly explanation: string
}

/** What the choices of attributes are called, as Ads Manager shows them. */
export const CHOICE_WORDS: Readonly<Record<string, InBoth<string>>> = {
  ACTIVE: { en: 'active', tr: 'etkin' },
  PAUSED: { en: 'paused', tr: 'duraklatılmış' },
  DELETED: { en: 'deleted', tr: 'silinmiş' },
  ARCHIVED: { en: 'archived', tr: 'arşivlenmiş' },
  IN_PROCESS: { en: 'processing', tr: 'işleniyor' },
  WITH_ISSUES: { en: 'with issues', tr: 'sorunlu' },
  CAMPAIGN_PAUSED: { en: 'campaign off', tr: 'kampanyası kapalı' },
  ADSET_PAUSED: { en: 'ad set off', tr: 'reklam seti kapalı' },
  PENDING_REVIEW: { en: 'in review', tr: 'incelemede' },
  DISAPPROVED: { en: 'rejected', tr: 'reddedilmiş' },
  PREAPPROVED: { en: 'preapproved', tr: 'ön onaylı' },
  PENDING_BILLING_INFO: { en: 'waiting for billing information', tr: 'fatura bilgisi bekliyor' },
  OUTCOME_APP_PROMOTION: { en: 'app promotion', tr: 'uygulama tanıtımı' },
  OUTCOME_AWARENESS: { en: 'awareness', tr: 'bilinirlik' },
  OUTCOME_ENGAGEMENT: { en: 'engagement', tr: 'etkileşim' },
  OUTCOME_LEADS: { en: 'leads', tr: 'potansiyel müşteriler' },
  OUTCOME_SALES: { en: 'sales', tr: 'satışlar' },
  OUTCOME_TRAFFIC: { en: 'traffic', tr: 'trafik' },
  campaign: { en: 'campaign', tr: 'kampanya' },
  adset: { en: 'ad set', tr: 'reklam seti' },
  monday: { en: 'Monday', tr: 'pazartesi' },
  tuesday: { en: 'Tuesday', tr: 'salı' },
  wednesday: { en: 'Wednesday', tr: 'çarşamba' },
  thursday: { en: 'Thursday', tr: 'perşembe' },
  friday: { en: 'Friday', tr: 'cuma' },
  saturday: { en: 'Saturday', tr: 'cumartesi' },
  sunday: { en: 'Sunday', tr: 'pazar' },
}

export const SCOPE_WORDS = {
  account: {
    en: { one: 'account', many: 'accounts' },
    tr: { one: 'hesap', many: 'hesaplar', what: 'hesabı', whose: 'hesabın', about: 'hesabı için', where: 'hesapta' },
  },
  group: {
    en: { one: 'group', many: 'groups' },
    tr: { one: 'grup', many: 'gruplar', what: 'grubu', whose: 'grubun', about: 'grubu için', where: 'grupta' },
  },
  campaign: {
    en: { one: 'campaign', many: 'campaigns' },
    tr: {
      one: 'kampanya',
      many: 'kampanyalar',
      what: 'kampanyayı',
      whose: 'kampanyanın',
      about: 'kampanyası için',
      where: 'kampanyada',
    },
  },
  adset: {
    en: { one: 'ad set', many: 'ad sets' },
    tr: {
      one: 'reklam seti',
      many: 'reklam setleri',
      what: 'reklam setini',
      whose: 'reklam setinin',
      about: 'reklam seti için',
      where: 'reklam setinde',
    },
  },
  ad: {
    en: { one: 'ad', many: 'ads' },
    tr: { one: 'reklam', many: 'reklamlar', what: 'reklamı', whose: 'reklamın', about: 'reklamı için', where: 'reklamda' },
  },
} as const
