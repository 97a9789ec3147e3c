/** The list of metrics. `catalogue.ts` looks things up in it. */

import type { UnitKind } from '../value/unit.js'
import type { MeasureFacts, MetricDefinition, SumOfCatalogue } from './catalogue.js'
import type { InBoth, MetricWords } from './words.js'

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
const asked = (field: string): MetricDefinition['made'] => ({ kind: 'asked', field })
const ratio = (numerator: string, denominator: string, overCount: boolean, scale = 1): MetricDefinition['made'] => ({
  kind: 'ratio',
  numerator,
  denominator,
  overCount,
  scale,
})

const define = (
  name: string,
  unit: UnitKind,
  made: MetricDefinition['made'],
  inWords: InBoth<MetricWords>,
): MetricDefinition => ({ name, unit, made, words: inWords })

const words = (title: string, phrase: string, explanation: string, one?: string): MetricWords =>
  one === undefined ? { title, phrase, explanation } : { title, phrase, explanation, one }

/**
 * Names are those of Meta's Insights. The measures `results` and `gross_spend` are computed per ad set and account by
 * the facts; the rest are Insights' own fields and actions.
 */
export const METRICS: readonly MetricDefinition[] = [
  define('spend', 'money', delivered('spend'), {
    en: words('Amount spent', 'amount spent', 'What the ads cost, without taxes and fees.'),
    tr: words('Harcanan tutar', 'harcanan tutar', 'Reklamlara harcanan tutar; vergi ve ücretler hariç.'),
  }),
  define('gross_spend', 'money', delivered('gross_spend'), {
    en: words(
      'Amount spent with taxes and fees',
      'amount spent with taxes and fees',
      'The amount spent plus the account’s taxes and fees.',
    ),
    tr: words(
      'Vergi ve ücretler dahil harcanan tutar',
      'vergi ve ücretler dahil harcanan tutar',
      'Harcanan tutar ile hesabın vergi ve ücretleri.',
    ),
  }),
  define('impressions', 'count', delivered('impressions'), {
    en: words('Impressions', 'impressions', 'How often the ads were on screen.', 'impression'),
    tr: words('Gösterimler', 'gösterim', 'Reklamların ekranda kaç kez göründüğü.'),
  }),
  define('reach', 'count', asked('reach'), {
    en: words('Reach', 'people reached', 'People who saw the ads at least once.', 'person reached'),
    tr: words('Erişim', 'erişim', 'Reklamları en az bir kez gören kişi sayısı.'),
  }),
  define('frequency', 'number', asked('frequency'), {
    en: words('Frequency', 'frequency', 'How often each person saw the ads on average.'),
    tr: words('Sıklık', 'sıklık', 'Her kişinin reklamları ortalama kaç kez gördüğü.'),
  }),
  define('clicks', 'count', delivered('clicks'), {
    en: words('Clicks (all)', 'clicks', 'All clicks on the ads, not only those on links.', 'click'),
    tr: words('Tıklamalar (tümü)', 'tıklama', 'Reklamlardaki tüm tıklamalar; yalnızca bağlantılar değil.'),
  }),
  define('link_clicks', 'count', delivered('link_clicks'), {
    en: words('Link clicks', 'link clicks', 'Clicks on links in the ads.', 'link click'),
    tr: words('Bağlantı tıklamaları', 'bağlantı tıklaması', 'Reklamlardaki bağlantılara yapılan tıklamalar.'),
  }),
  define('outbound_clicks', 'count', delivered('outbound_clicks'), {
    en: words('Outbound clicks', 'outbound clicks', 'Clicks that lead away from Meta.', 'outbound click'),
    tr: words('Dışarı yönlendiren tıklamalar', 'dışarı yönlendiren tıklama', 'Meta dışına yönlendiren tıklamalar.'),
  }),
  define('landing_page_views', 'count', visited('landing_page_views'), {
    en: words('Landing page views', 'landing page views', 'How often the page behind the ad was loaded.', 'landing page view'),
    tr: words(
      'Yönlendirme sayfası görüntülemeleri',
      'yönlendirme sayfası görüntülemesi',
      'Reklamın yönlendirdiği sayfanın kaç kez yüklendiği.',
    ),
  }),
  define('ctr', 'percentage', ratio('clicks', 'impressions', true), {
    en: words('CTR (all)', 'click-through rate', 'All clicks per impression.'),
    tr: words('CTR (Tümü)', 'tıklama oranı', 'Gösterim başına tüm tıklamalar: CTR (Tümü).'),
  }),
  define('link_ctr', 'percentage', ratio('link_clicks', 'impressions', true), {
    en: words('CTR (link click-through rate)', 'link click-through rate', 'Link clicks per impression.'),
    tr: words('CTR (Bağlantı tıklama oranı)', 'bağlantı tıklama oranı', 'Gösterim başına bağlantı tıklamaları.'),
  }),
  define('cpc', 'money', ratio('spend', 'clicks', true), {
    en: words('CPC (all)', 'cost per click', 'The amount spent per click, all clicks counted.'),
    tr: words('CPC (Tümü)', 'tıklama başına ücret', 'Tüm tıklamalar sayıldığında tıklama başına harcanan tutar: CPC (Tümü).'),
  }),
  define('cpm', 'money', ratio('spend', 'impressions', true, 1000), {
    en: words('CPM (cost per 1,000 impressions)', 'cost per 1,000 impressions', 'The amount spent per 1,000 impressions.'),
    tr: words('CPM (1.000 gösterim başına ücret)', '1.000 gösterim başına ücret', '1.000 gösterim başına harcanan tutar: CPM.'),
  }),
  define('video_3s_views', 'count', delivered('video_3s_views'), {
    en: words(
      '3-second video plays',
      '3-second video plays',
      'How often a video was played for at least three seconds.',
      '3-second video play',
    ),
    tr: words('3 saniyelik video oynatmaları', '3 saniyelik video oynatma', 'Videoların en az üç saniye oynatılma sayısı.'),
  }),
  define('thruplays', 'count', delivered('thruplays'), {
    en: words('ThruPlays', 'ThruPlays', 'Video plays to the end, or for at least 15 seconds.', 'ThruPlay'),
    tr: words('ThruPlay’ler', 'ThruPlay', 'Videoların sonuna kadar ya da en az 15 saniye oynatılma sayısı.'),
  }),
  define('purchases', 'count', converted('purchases', 'off-meta'), {
    en: words('Purchases', 'purchases', 'Purchases that Meta attributes to the ads.', 'purchase'),
    tr: words('Alışverişler', 'alışveriş', 'Meta’nın reklamlarla ilişkilendirdiği alışverişler.'),
  }),
  define('leads', 'count', converted('leads', 'both'), {
    en: words('Leads', 'leads', 'Contacts from forms and the website that Meta attributes to the ads.', 'lead'),
    tr: words('Potansiyel müşteriler', 'form', 'Formlardan ve web sitesinden gelen potansiyel müşteriler.'),
  }),
  define('add_to_cart', 'count', converted('add_to_cart', 'off-meta'), {
    en: words('Adds to cart', 'adds to cart', 'How often something was put into the cart.', 'add to cart'),
    tr: words('Sepete eklemeler', 'sepete ekleme', 'Ürünlerin sepete eklenme sayısı.'),
  }),
  define('installs', 'count', converted('installs', 'off-meta'), {
    en: words('App installs', 'app installs', 'Installs of the app.', 'app install'),
    tr: words('Uygulama yüklemeleri', 'uygulama yüklemesi', 'Uygulamanın yüklenme sayısı.'),
  }),
  define('messages', 'count', converted('messages', 'on-meta'), {
    en: words(
      'Messaging conversations started',
      'messaging conversations',
      'Conversations that were started by message.',
      'messaging conversation',
    ),
    tr: words('Başlatılan mesajlaşma konuşmaları', 'mesaj', 'Başlatılan mesajlaşma konuşmaları.'),
  }),
  define('revenue', 'money', converted('revenue', 'both'), {
    en: words('Purchases conversion value', 'purchase value', 'The value of the purchases that Meta attributes to the ads.'),
    tr: words(
      'Alışveriş dönüşüm değeri',
      'alışveriş dönüşüm değeri',
      'Meta’nın reklamlarla ilişkilendirdiği alışverişlerin cirosu.',
    ),
  }),
  define('roas', 'number', ratio('revenue', 'spend', false), {
    en: words('Purchase ROAS (return on ad spend)', 'ROAS', 'Purchase value per unit of money spent.'),
    tr: words(
      'Alışveriş ROAS’ı (reklam harcamasının getirisi)',
      'ROAS',
      'Harcanan her birim paraya düşen alışveriş dönüşüm değeri.',
    ),
  }),
  define('results', 'count', converted('results', 'both'), {
    en: words('Results', 'results', 'What the ad set optimises for: purchases, leads, messages …', 'result'),
    tr: words('Sonuçlar', 'sonuç', 'Reklam setinin performans hedefi: alışveriş, form, mesaj …'),
  }),
  define('cpa', 'money', ratio('spend', 'results', true), {
    en: words('Cost per result', 'cost per result', 'The amount spent per result.'),
    tr: words('Sonuç başına ücret', 'sonuç başına ücret', 'Sonuç başına harcanan tutar.'),
  }),
]
