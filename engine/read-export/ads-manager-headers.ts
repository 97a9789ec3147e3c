/**
 * The names of columns: Insights' field names, a plain `date`, and old and new headers of Ads Manager's exports in English and Turkish,
 * collected from public importers of such files. If a file has several names of one list, the first counts: `Purchases` includes those
 * on the website.
 */

/** Columns that are not measures. */
export const FIELDS = {
  day: ['date', 'day', 'gün', 'tarih'],
  since: [
    ...['date start', 'reporting starts', 'reporting start', 'raporlama başlangıcı', 'rapor başlangıcı'],
    ...['raporlama başlangıç tarihi', 'rapor başlangıç tarihi'],
  ],
  until: [
    ...['date stop', 'reporting ends', 'reporting end', 'raporlama bitişi', 'rapor bitişi', 'raporlama bitiş tarihi'],
    ...['rapor bitiş tarihi', 'raporlama sonu', 'rapor sonu'],
  ],
  account_id: ['account id', 'ad account id', 'hesap kimliği', 'hesap no', 'reklam hesabı kimliği'],
  account_name: ['account name', 'ad account name', 'hesap adı', 'reklam hesabı adı'],
  campaign_id: ['campaign id', 'kampanya kimliği', 'kampanya no'],
  campaign_name: ['campaign name', 'campaign', 'campaigns', 'kampanya adı', 'kampanya', 'kampanyalar'],
  adset_id: ['adset id', 'ad set id', 'reklam seti kimliği', 'reklam seti no'],
  adset_name: ['adset name', 'ad set name', 'ad set', 'adset', 'ad sets', 'reklam seti adı', 'reklam seti', 'reklam setleri'],
  ad_id: ['ad id', 'reklam kimliği', 'reklam no'],
  ad_name: ['ad name', 'ad', 'ads', 'reklam adı', 'reklam', 'reklamlar'],
  currency: ['account currency', 'currency', 'para birimi', 'hesap para birimi'],
  result_type: ['result indicator', 'result type', 'sonuç göstergesi', 'sonuç türü', 'sonuç tipi'],
  configured_status: ['status', 'configured status', 'durum'],
  effective_status: ['effective status', 'delivery status', 'delivery', 'yayın durumu', 'yayın'],
  campaign_status: ['campaign delivery', 'campaign status', 'kampanya yayını', 'kampanya yayın durumu', 'kampanya durumu'],
  adset_status: [
    ...['ad set delivery', 'ad set status', 'adset status'],
    ...['reklam seti yayını', 'reklam seti yayın durumu', 'reklam seti durumu'],
  ],
  ad_status: ['ad delivery', 'ad status', 'reklam yayını', 'reklam yayın durumu', 'reklam durumu'],
  objective: ['objective', 'campaign objective', 'amaç', 'kampanya amacı'],
  daily_budget: ['daily budget', 'günlük bütçe'],
  lifetime_budget: ['lifetime budget', 'toplam bütçe'],
  campaign_budget: ['campaign budget', 'kampanya bütçesi'],
  campaign_budget_type: ['campaign budget type', 'kampanya bütçesi türü', 'kampanya bütçe türü'],
  adset_budget: ['ad set budget', 'adset budget', 'reklam seti bütçesi'],
  adset_budget_type: ['ad set budget type', 'adset budget type', 'reklam seti bütçesi türü', 'reklam seti bütçe türü'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type Field = keyof typeof FIELDS

export const MEASURES: Readonly<Record<string, readonly string[]>> = {
  spend: ['spend', 'amount spent', 'harcanan tutar', 'harcama'],
  impressions: ['impressions', 'gösterimler', 'gösterim'],
  reach: ['reach', 'erişim'],
  frequency: ['frequency', 'sıklık', 'frekans'],
  clicks: ['clicks', 'clicks (all)', 'tıklamalar (tümü)', 'tıklamalar'],
  link_clicks: ['link clicks', 'inline link clicks', 'bağlantı tıklamaları', 'bağlantı tıklaması'],
  outbound_clicks: ['outbound clicks', 'dışarı yönlendiren tıklamalar', 'giden tıklamalar', 'dışa giden tıklamalar'],
  landing_page_views: [
    ...['landing page views', 'yönlendirme sayfası görüntülemeleri', 'açılış sayfası görüntülemeleri'],
    ...['website landing page views', 'internet sitesi yönlendirme sayfası görüntülemeleri'],
    'web sitesi yönlendirme sayfası görüntülemeleri',
  ],
  video_3s_views: [
    ...['video 3s views', '3-second video plays', '3-second video views'],
    ...['3 saniyelik video oynatmaları', '3 saniyelik video oynatma sayısı', '3 saniyelik video görüntülemeleri'],
  ],
  thruplays: ['thruplays', 'thruplay', "thruplay'ler", 'thruplay sayısı'],
  purchases: [
    ...['purchases', 'satın almalar', 'satın alma', 'alışverişler', 'alışveriş', 'website purchases'],
    ...['internet sitesi alışverişleri', 'internet sitesinden alışverişler', 'internet sitesi satın almaları'],
    ...['internet sitesinden satın almalar', 'web sitesi satın almaları'],
    ...['web sitesi alışverişleri', 'web sitesinden alışverişler', 'web sitesinden satın almalar'],
  ],
  leads: [
    ...['leads', 'potansiyel müşteriler', 'potansiyel müşteri', 'website leads', 'internet sitesi potansiyel müşterileri'],
    'web sitesi potansiyel müşterileri',
  ],
  add_to_cart: [
    ...['add to cart', 'adds to cart', 'sepete eklemeler', 'sepete ekleme', 'website adds to cart'],
    ...['internet sitesi sepete eklemeleri', 'internet sitesinden sepete eklemeler'],
    ...['web sitesi sepete eklemeleri', 'web sitesinden sepete eklemeler'],
  ],
  installs: [
    ...['installs', 'app installs', 'mobile app installs'],
    ...['uygulama yüklemeleri', 'uygulama yükleme sayısı', 'mobil uygulama yüklemeleri'],
  ],
  messages: [
    ...['messages', 'messaging conversations started', 'başlatılan mesajlaşma konuşmaları', 'başlatılan mesajlaşmalar'],
    ...['başlatılan mesajlaşma sohbetleri', 'başlatılan mesajlaşma görüşmeleri'],
  ],
  revenue: [
    ...['revenue', 'purchases conversion value', 'purchase conversion value'],
    ...['satın alma dönüşüm değeri', 'satın almalar dönüşüm değeri', 'satın almaların dönüşüm değeri'],
    ...['alışveriş dönüşüm değeri', 'alışverişler dönüşüm değeri', 'alışverişlerin dönüşüm değeri'],
    ...['website purchases conversion value', 'website purchase conversion value'],
    ...['internet sitesi alışverişleri dönüşüm değeri', 'internet sitesi alışveriş dönüşüm değeri'],
    ...['internet sitesi satın almaları dönüşüm değeri', 'internet sitesinden satın alma dönüşüm değeri'],
    ...['web sitesi alışverişleri dönüşüm değeri', 'web sitesi alışveriş dönüşüm değeri'],
    ...['web sitesi satın almaları dönüşüm değeri', 'web sitesinden satın alma dönüşüm değeri'],
  ],
  results: ['results', 'sonuçlar', 'sonuç'],
}

/** The breakdowns of Ads Manager. */
export const BREAKDOWNS: readonly string[] = [
  ...['age', 'yaş', 'gender', 'cinsiyet', 'country', 'ülke', 'region', 'bölge', 'dma region', 'dma bölgesi', 'city', 'şehir'],
  ...['platform', 'publisher platform', 'yayıncı platformu', 'placement', 'reklam alanı', 'platform position', 'platform konumu'],
  ...['device', 'cihaz', 'device platform', 'cihaz platformu', 'impression device', 'gösterim cihazı', 'conversion device'],
  ...['dönüşüm cihazı', 'mobile device', 'mobil cihaz', 'product id', 'ürün kimliği', 'ürün no', 'business locations'],
  ...['işletme konumları', 'time of day (ad account time zone)', 'time of day (viewer’s time zone)'],
  ...[
    "time of day (viewer's time zone)",
    'günün saati (reklam hesabının saat dilimi)',
    'günün saati (görüntüleyenin saat dilimi)',
  ],
  ...['hourly stats aggregated by advertiser time zone', 'hourly stats aggregated by audience time zone', 'time of day'],
  ...['week', 'hafta', 'month', 'ay', '2 weeks', '2 hafta', 'quarter', 'call to action', 'media type'],
  ...['headline (ad settings)', 'text (ad settings)', 'image, video and slideshow', 'website url (ad settings)'],
  ...['dma', 'frequency value', 'place page id', 'body asset', 'call to action asset', 'description asset', 'image asset'],
  ...['link url asset', 'title asset', 'video asset', 'ad format asset', 'action device', 'action destination', 'action type'],
  ...['action reaction', 'action video type', 'action carousel card name'],
  ...['video view type', 'carousel card', 'reaction type', 'audience segments', 'user segment key', 'sub-publisher'],
]
