/**
 * What metrics, attributes and choices are called in sentences. Turkish terms are those of Meta's Turkish Ads Manager, but for
 * results, which are called what marketers call them: "form" and "mesaj".
 */

/** Words in both languages. */
export interface InBoth<T> {
  readonly en: T
  readonly tr: T
}

export interface MetricWords {
  /** Within a sentence. Of a count, the thing that is counted: "purchases", "alışveriş". */
  readonly phrase: string
  /** English counts: one of them. */
  readonly one?: string
  /** One line, for tooltips. */
  readonly explanation: string
}

const words = (phrase: string, explanation: string, one?: string): MetricWords =>
  one === undefined ? { phrase, explanation } : { phrase, explanation, one }

/** Every metric of the catalogue has an entry: a test compares the two. */
export const METRIC_WORDS: Readonly<Record<string, InBoth<MetricWords>>> = {
  spend: {
    en: words('amount spent', 'What the ads cost, without taxes and fees.'),
    tr: words('harcanan tutar', 'Reklamlara harcanan tutar; vergi ve ücretler hariç.'),
  },
  gross_spend: {
    en: words('amount spent with taxes and fees', 'The amount spent plus the account’s taxes and fees.'),
    tr: words('vergi ve ücretler dahil harcanan tutar', 'Harcanan tutar ile hesabın vergi ve ücretleri.'),
  },
  impressions: {
    en: words('impressions', 'How often the ads were on screen.', 'impression'),
    tr: words('gösterim', 'Reklamların ekranda kaç kez göründüğü.'),
  },
  reach: {
    en: words('people reached', 'People who saw the ads at least once.', 'person reached'),
    tr: words('erişim', 'Reklamları en az bir kez gören kişi sayısı.'),
  },
  frequency: {
    en: words('frequency', 'How often each person saw the ads on average.'),
    tr: words('sıklık', 'Her kişinin reklamları ortalama kaç kez gördüğü.'),
  },
  clicks: {
    en: words('clicks', 'All clicks on the ads, not only those on links.', 'click'),
    tr: words('tıklama', 'Reklamlardaki tüm tıklamalar; yalnızca bağlantılar değil.'),
  },
  link_clicks: {
    en: words('link clicks', 'Clicks on links in the ads.', 'link click'),
    tr: words('bağlantı tıklaması', 'Reklamlardaki bağlantılara yapılan tıklamalar.'),
  },
  outbound_clicks: {
    en: words('outbound clicks', 'Clicks that lead away from Meta.', 'outbound click'),
    tr: words('dışarı yönlendiren tıklama', 'Meta dışına yönlendiren tıklamalar.'),
  },
  landing_page_views: {
    en: words('landing page views', 'How often the page behind the ad was loaded.', 'landing page view'),
    tr: words('yönlendirme sayfası görüntülemesi', 'Reklamın yönlendirdiği sayfanın kaç kez yüklendiği.'),
  },
  ctr: {
    en: words('click-through rate', 'All clicks per impression.'),
    tr: words('tıklama oranı', 'Gösterim başına tüm tıklamalar: CTR (Tümü).'),
  },
  link_ctr: {
    en: words('link click-through rate', 'Link clicks per impression.'),
    tr: words('bağlantı tıklama oranı', 'Gösterim başına bağlantı tıklamaları.'),
  },
  cpc: {
    en: words('cost per click', 'The amount spent per click, all clicks counted.'),
    tr: words('tıklama başına ücret', 'Tüm tıklamalar sayıldığında tıklama başına harcanan tutar: CPC (Tümü).'),
  },
  cpm: {
    en: words('cost per 1,000 impressions', 'The amount spent per 1,000 impressions.'),
    tr: words('1.000 gösterim başına ücret', '1.000 gösterim başına harcanan tutar: CPM.'),
  },
  video_3s_views: {
    en: words('3-second video plays', 'How often a video was played for at least three seconds.', '3-second video play'),
    tr: words('3 saniyelik video oynatma', 'Videoların en az üç saniye oynatılma sayısı.'),
  },
  thruplays: {
    en: words('ThruPlays', 'Video plays to the end, or for at least 15 seconds.', 'ThruPlay'),
    tr: words('ThruPlay', 'Videoların sonuna kadar ya da en az 15 saniye oynatılma sayısı.'),
  },
  purchases: {
    en: words('purchases', 'Purchases that Meta attributes to the ads.', 'purchase'),
    tr: words('alışveriş', 'Meta’nın reklamlarla ilişkilendirdiği alışverişler.'),
  },
  leads: {
    en: words('leads', 'Contacts from forms and the website that Meta attributes to the ads.', 'lead'),
    tr: words('form', 'Formlardan ve web sitesinden gelen potansiyel müşteriler.'),
  },
  add_to_cart: {
    en: words('adds to cart', 'How often something was put into the cart.', 'add to cart'),
    tr: words('sepete ekleme', 'Ürünlerin sepete eklenme sayısı.'),
  },
  installs: {
    en: words('app installs', 'Installs of the app.', 'app install'),
    tr: words('uygulama yüklemesi', 'Uygulamanın yüklenme sayısı.'),
  },
  messages: {
    en: words('messaging conversations', 'Conversations that were started by message.', 'messaging conversation'),
    tr: words('mesaj', 'Başlatılan mesajlaşma konuşmaları.'),
  },
  revenue: {
    en: words('purchase value', 'The value of the purchases that Meta attributes to the ads.'),
    tr: words('alışveriş dönüşüm değeri', 'Meta’nın reklamlarla ilişkilendirdiği alışverişlerin cirosu.'),
  },
  roas: {
    en: words('ROAS', 'Purchase value per unit of money spent.'),
    tr: words('ROAS', 'Harcanan her birim paraya düşen alışveriş dönüşüm değeri.'),
  },
  results: {
    en: words('results', 'What the ad set optimises for: purchases, leads, messages …', 'result'),
    tr: words('sonuç', 'Reklam setinin performans hedefi: alışveriş, form, mesaj …'),
  },
  cpa: {
    en: words('cost per result', 'The amount spent per result.'),
    tr: words('sonuç başına ücret', 'Sonuç başına harcanan tutar.'),
  },
}

/** What results of Meta's own action types are called; anything else is a "result". */
const ACTION_WORDS: Readonly<Record<string, InBoth<MetricWords>>> = {
  'onsite_conversion.lead_grouped': METRIC_WORDS['leads']!,
  like: { en: words('page likes', '', 'page like'), tr: words('sayfa beğenisi', '') },
  post_engagement: { en: words('post engagements', '', 'post engagement'), tr: words('gönderi etkileşimi', '') },
  rsvp: { en: words('event responses', '', 'event response'), tr: words('etkinlik yanıtı', '') },
}

const UNNAMED_ACTION: InBoth<MetricWords> = {
  en: words('conversions', '', 'conversion'),
  tr: words('dönüşüm', ''),
}

/** Words of a measure that counts something: a metric of the catalogue, or `action:…`. */
export const measureWords = (measure: string): InBoth<MetricWords> =>
  METRIC_WORDS[measure] ?? ACTION_WORDS[measure.replace(/^action:/, '')] ?? UNNAMED_ACTION

/**
 * English phrases follow "the" or "the campaign’s"; Turkish ones have the possessive suffix, because something is always whose:
 * "(kampanyanın) günlük bütçesi".
 */
export const ATTRIBUTE_WORDS: Readonly<Record<string, InBoth<string>>> = {
  id: { en: 'id', tr: 'kimliği' },
  name: { en: 'name', tr: 'adı' },
  status: { en: 'status', tr: 'durumu' },
  effective_status: { en: 'delivery status', tr: 'yayın durumu' },
  delivering: { en: 'delivery', tr: 'yayını' },
  daily_budget: { en: 'daily budget', tr: 'günlük bütçesi' },
  lifetime_budget: { en: 'lifetime budget', tr: 'toplam bütçesi' },
  budget_level: { en: 'budget level', tr: 'bütçe düzeyi' },
  age: { en: 'age', tr: 'oluşturulmasından bu yana geçen süre' },
  last_edit: { en: 'time since its last edit', tr: 'son düzenlenmesinden bu yana geçen süre' },
  learning: { en: 'learning phase', tr: 'öğrenme aşaması' },
  objective: { en: 'campaign objective', tr: 'kampanya amacı' },
  labels: { en: 'labels', tr: 'etiketleri' },
  hour: { en: 'hour of the day', tr: 'günün saati' },
  weekday: { en: 'day of the week', tr: 'haftanın günü' },
  days_left: { en: 'number of days left in the month', tr: 'ayın kalan gün sayısı' },
  target_cpa: { en: 'target cost per result', tr: 'hedef sonuç başına ücret' },
  target_roas: { en: 'target ROAS', tr: 'hedef ROAS' },
  monthly_budget: { en: 'monthly budget', tr: 'aylık bütçe' },
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
    tr: { one: 'hesap', many: 'hesaplar', what: 'hesabı', whose: 'hesabın', where: 'hesapta' },
  },
  group: {
    en: { one: 'group', many: 'groups' },
    tr: { one: 'grup', many: 'gruplar', what: 'grubu', whose: 'grubun', where: 'grupta' },
  },
  campaign: {
    en: { one: 'campaign', many: 'campaigns' },
    tr: { one: 'kampanya', many: 'kampanyalar', what: 'kampanyayı', whose: 'kampanyanın', where: 'kampanyada' },
  },
  adset: {
    en: { one: 'ad set', many: 'ad sets' },
    tr: { one: 'reklam seti', many: 'reklam setleri', what: 'reklam setini', whose: 'reklam setinin', where: 'reklam setinde' },
  },
  ad: {
    en: { one: 'ad', many: 'ads' },
    tr: { one: 'reklam', many: 'reklamlar', what: 'reklamı', whose: 'reklamın', where: 'reklamda' },
  },
} as const
