/**
 * Synonyms, in Ads Manager, Insights, other tools and everyday speech, for the words of rule files and tetik.yaml. A word is
 * suggested only where it is allowed, so one list serves keys, steps, metrics and choices.
 */

/** A word and its synonyms, in small letters with `_` between words. */
const SYNONYMS: readonly (readonly [string, string])[] = [
  // Steps
  ['start', 'unpause activate enable resume turn_on switch_on reactivate unstop run play baslat ac aktif_et yayinla'],
  ['pause', 'stop deactivate disable turn_off switch_off halt kill suspend durdur duraklat kapat'],
  ['whatsapp', 'notify notification message send send_message alert inform email mail sms telegram bildir bildirim mesaj'],
  ['webhook', 'slack http post call_url discord teams zapier'],
  ['budget', 'increase_budget decrease_budget raise_budget reduce_budget change_budget set_budget scale scale_budget butce'],
  ['budget', 'daily_budget lifetime_budget increase_daily_budget decrease_daily_budget increase_budget_by decrease_budget_by'],
  ['bid', 'increase_bid decrease_bid change_bid set_bid bid_amount teklif'],
  ['duplicate', 'copy clone kopyala cogalt'],
  ['rename', 'set_name change_name'],
  ['label', 'labels tag add_label add_labels adlabels etiket'],
  ['ask', 'approve approval ask_approval request_approval confirm onay'],
  ['wait', 'sleep delay bekle'],
  ['check', 'recheck verify'],
  // Keys of a rule
  ['when', 'if condition conditions trigger triggers kosul kosullar eger'],
  ['where', 'filter filters select for_each'],
  ['then', 'action actions do steps execute execution eylem eylemler'],
  ['scope', 'level entity entity_type entities apply_to applies_to object'],
  ['every', 'interval frequency run_every schedule siklik'],
  ['at', 'time times schedule_time saat'],
  ['cron', 'crontab cron_expression'],
  ['timezone', 'tz time_zone'],
  ['id', 'name rule_id rule_name key account_id ad_account_id ad_account'],
  ['description', 'note notes comment desc title name aciklama'],
  ['cooldown', 'cool_down rest wait_between min_interval bekleme'],
  ['limit', 'max_actions max_per_day'],
  ['mode', 'enabled state dry_run'],
  ['use', 'blueprint template extends'],
  ['with', 'inputs input params parameters args arguments variables'],
  ['clear', 'reset recover resolve resolved'],
  // Keys of conditions
  ['all', 'and every each ve'],
  ['any', 'or some veya'],
  ['not', 'none no neither degil'],
  // tetik.yaml
  ['phone', 'telephone phone_number number whatsapp tel telefon'],
  ['language', 'lang locale dil'],
  ['may', 'permissions permission roles role rights can'],
  // `daily_budget` comes before `monthly_budget`, because an entity's budget is usually a daily one.
  ['daily_budget', 'budget day_budget adset_budget campaign_budget gunluk_butce butce'],
  ['monthly_budget', 'budget month_budget budget_per_month aylik_butce'],
  ['target_cpa', 'cpa cpa_target target_cost_per_result cost_per_result target_cost hedef_cpa'],
  ['target_roas', 'roas roas_target hedef_roas'],
  ['step', 'max_step max_change max_increase'],
  ['ceiling', 'max_budget max_daily_budget budget_cap cap daily_cap'],
  // Choices
  ['adset', 'ad_set ad_sets adsets adgroup ad_group set reklam_seti reklamseti reklam_setleri'],
  ['campaign', 'campaigns kampanya kampanyalar'],
  ['ad', 'ads creative reklam reklamlar'],
  ['account', 'accounts ad_account hesap'],
  ['group', 'groups campaign_group grup'],
  ['act', 'yes on true live auto automatic enabled active production run apply'],
  ['observe', 'no off false test simulate simulation log disabled inactive dry dry_run dryrun notify watch'],
  ['ask', 'manual approve approval confirm semi_auto'],
  ['ACTIVE', 'on enabled live running delivering aktif yayinda acik'],
  ['PAUSED', 'off disabled inactive stopped unactive durduruldu kapali pasif'],
  ['DISAPPROVED', 'rejected reddedildi'],
  ['PENDING_REVIEW', 'in_review under_review pending incelemede'],
  ['WITH_ISSUES', 'error errors issues'],
  ['OUTCOME_SALES', 'sales conversions purchases catalog_sales product_catalog_sales satis satislar'],
  ['OUTCOME_LEADS', 'leads lead_generation potansiyel_musteri'],
  ['OUTCOME_TRAFFIC', 'traffic link_clicks trafik'],
  ['OUTCOME_AWARENESS', 'awareness brand_awareness reach bilinirlik'],
  ['OUTCOME_ENGAGEMENT', 'engagement post_engagement messages video_views page_likes etkilesim'],
  ['OUTCOME_APP_PROMOTION', 'app_installs app_promotion uygulama_tanitimi'],
  ['monday', 'mon pazartesi'],
  ['tuesday', 'tue tues sali'],
  ['wednesday', 'wed carsamba'],
  ['thursday', 'thu thur thurs persembe'],
  ['friday', 'fri cuma'],
  ['saturday', 'sat cumartesi'],
  ['sunday', 'sun pazar'],
  ['money', 'amount currency price para tutar'],
  ['percentage', 'percent pct rate yuzde'],
  ['number', 'int integer float count sayi'],
  ['text', 'string str metin'],
  ['duration', 'time hours days sure'],
  // Functions
  ['mean', 'avg average ortalama'],
  ['sum', 'total toplam'],
  ['percentile', 'quantile pct_rank percent_rank'],
  ['rank', 'position order'],
  ['forecast', 'predict prediction projected projection tahmin'],
  // Metrics
  ['spend', 'amount_spent amountspent cost costs spent spending ad_spend adspend total_spend harcama harcanan_tutar'],
  ['roas', 'purchase_roas website_purchase_roas mobile_app_purchase_roas omni_purchase_roas return_on_ad_spend roas_purchase'],
  ['cpa', 'cost_per_result cost_per_results cost_per_action cost_per_action_type cost_per_conversion cost_per_acquisition cpr'],
  ['cpc', 'cost_per_click cpc_all cost_per_click_all cost_per_unique_click tbm'],
  ['cpm', 'cost_per_mille cost_per_1000 cost_per_1000_impressions cost_per_1_000_impressions bgbm'],
  ['ctr', 'click_through_rate clickthrough_rate ctr_all click_rate unique_ctr'],
  ['link_ctr', 'inline_link_click_ctr link_click_through_rate ctr_link website_ctr ctr_link_click_through_rate'],
  ['clicks', 'clicks_all all_clicks click tiklama tiklamalar'],
  ['link_clicks', 'inline_link_clicks clicks_link link_click inline_link_click website_clicks baglanti_tiklamalari'],
  ['outbound_clicks', 'outbound_click outbound outgoing_clicks'],
  ['landing_page_views', 'landing_page_view lpv lpvs landing_views website_landing_page_views'],
  ['impressions', 'impression imps views gosterim gosterimler'],
  ['reach', 'people people_reached users unique_users accounts_center_accounts_reached erisim'],
  ['frequency', 'freq siklik'],
  ['results', 'result conversions conversion actions sonuc sonuclar'],
  [
    'purchases',
    'purchase website_purchases website_purchase omni_purchase orders order sales sale purchases_count satin_alma satin_almalar satis siparis',
  ],
  [
    'revenue',
    'purchase_value conversion_value conversions_value purchases_value purchase_conversion_value purchases_conversion_value website_purchases_conversion_value action_values income turnover sales_value gmv ciro gelir',
  ],
  ['leads', 'lead on_facebook_leads website_leads form_leads lead_form potansiyel_musteri'],
  ['add_to_cart', 'atc adds_to_cart add_to_carts added_to_cart website_adds_to_cart omni_add_to_cart sepete_ekleme'],
  ['installs', 'install app_install app_installs mobile_app_install mobile_app_installs yukleme'],
  [
    'messages',
    'messaging_conversations_started messaging_conversation_started messaging_conversations conversations conversations_started mesaj',
  ],
  ['video_3s_views', 'video_views video_view video_plays 3_second_video_plays three_second_video_plays video_play_actions'],
  ['thruplays', 'thruplay video_thruplay_watched_actions'],
  // Attributes
  ['effective_status', 'delivery delivery_status'],
  ['status', 'configured_status state durum'],
  ['delivering', 'active is_active is_delivering running enabled'],
  ['age', 'created created_time hours_since_creation days_since_creation start_time yas'],
  ['last_edit', 'updated updated_time last_updated last_edited last_significant_edit'],
  ['learning', 'learning_phase learning_stage learning_stage_info in_learning is_learning'],
  ['weekday', 'day day_of_week dow dayofweek gun'],
  ['hour', 'time hour_of_day current_hour hours saat'],
  ['days_left', 'days_remaining remaining_days days_left_in_month'],
  ['labels', 'label tags adlabels'],
  ['budget_level', 'cbo is_cbo'],
]

const meantBy = new Map<string, string[]>()
for (const [word, synonyms] of SYNONYMS) {
  for (const synonym of synonyms.split(' ')) meantBy.set(synonym, [...(meantBy.get(synonym) ?? []), word])
}

/** Returns the candidate that `name` is a synonym of; null if there is none. */
export function synonymOf(name: string, candidates: readonly string[]): string | null {
  const plain = name
    .replaceAll(/[ıİ]/g, 'i')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
  return meantBy.get(plain)?.find((word) => word !== name && candidates.includes(word)) ?? null
}
