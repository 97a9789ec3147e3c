/** Reads one spec from its file. */

import type { Settings } from '../../account/account.js'
import { Fields } from '../../document/fields.js'
import { parseKebabId } from '../../document/kebab-id.js'
import { shape } from '../../document/read-against-schema.js'
import type { YamlFile, YamlNode } from '../../document/yaml-file.js'
import type { LaunchSpec } from '../launch-spec.js'
import { launchVersionOf } from '../version.js'
import { readAd } from './ad.js'
import { readAdset } from './adset.js'
import { budgetKey } from './budget.js'
import { readCampaign } from './campaign.js'
import { refusalByCeiling } from './ceiling.js'
import { type LaunchAccount, readLaunchAccount } from './launch-account.js'
import { checkNames } from './names.js'
import { type AdsetSource, type AdSource, type CampaignSource, LaunchSchema, type LaunchSource } from './schema.js'

/** Meta's limit on ad sets per campaign. */
const MOST_ADSETS = 200
/** Meta's limit on ads per ad set. */
const MOST_ADS = 50

export interface ReadSpec {
  /** Null if it is not known. */
  readonly account: string | null
  /** Null if there is an error, or no `tetik.yaml` with the account. */
  readonly spec: LaunchSpec | null
  /** The key and the campaign's name with their places, to find duplicates over all files. */
  readonly key: { readonly text: string; readonly span: Span } | null
  readonly campaign: { readonly name: string; readonly span: Span } | null
}

type Span = ReturnType<Fields['span']>

export interface ReadOptions {
  /** Epoch milliseconds. Without it, a lifetime budget that starts immediately is not compared with the ceiling. */
  readonly now?: number
  /** Whether a file exists; its path is relative to the same folder as those of the specs. Without it, media are not looked for. */
  readonly hasFile?: (path: string) => boolean
}

type Loose<T> = readonly (Partial<T> | undefined)[]

export function readLaunch(file: YamlFile, root: YamlNode, settings: Settings | null, options: ReadOptions): ReadSpec {
  const { value, places } = shape(file, LaunchSchema, root, 'a launch spec')
  if (value === undefined) return { spec: null, account: null, key: null, campaign: null }
  const fields = new Fields(file, places)
  const written = value as Partial<LaunchSource>
  const key = fields.read('launch', written.launch, (text) => parseKebabId(text, 'the key of a launch', 'summer-sale'))
  const account = readLaunchAccount(written.account, settings, fields)
  const source: Partial<CampaignSource> = written.campaign ?? {}
  const campaign = written.campaign === undefined ? null : readCampaign(source, fields, account)
  const adsetSources = (written.adsets ?? []) as Loose<AdsetSource>
  const adSources = (written.ads ?? []) as Loose<AdSource>
  const context = { account, campaign: source, hasPage: (adset: string) => hasOnePage(adset, adSources) }
  const adsets = readEach(adsetSources, 'adsets', (adset, path) => readAdset(adset, path, fields, context))
  const destinations = new Map(
    adsetSources.flatMap((adset) => (adset?.key === undefined ? [] : [[adset.key, adset.destination_type ?? null] as const])),
  )
  const adContext = { objective: source.objective, destinations, hasFile: fileNextTo(file.source.path, options.hasFile) }
  const ads = readEach(adSources, 'ads', (ad, path) => readAd(ad, path, fields, adContext))
  checkNames(adsetSources, adSources, fields)
  checkCounts(adsetSources, adSources, fields)
  checkCategoryPlace(source, adsetSources, fields)
  const placed = {
    account: account?.name ?? null,
    key: key === null ? null : { text: key, span: fields.span('launch', 'value') },
    campaign: account === null || campaign === null ? null : { name: campaign.name, span: fields.span('campaign/name', 'value') },
  }
  if (campaign === null || account === null) return { spec: null, ...placed }
  const publish = written.publish ?? ('paused' as const)
  checkCeiling({ publish, currency: account.currency, campaign, adsets }, account, fields, options.now)
  if (key === null || file.source.errorCount > 0) return { spec: null, ...placed }
  const spec = {
    key,
    account: account.name,
    currency: account.currency,
    timezone: account.timezone,
    file: file.source.path,
    line: file.source.place(fields.span('launch', 'key').start).line,
    publish,
    campaign,
    adsets,
    ads,
  }
  return { spec: { ...spec, version: launchVersionOf(spec) }, ...placed }
}

function readEach<Source, Read>(
  sources: Loose<Source>,
  path: string,
  read: (source: Partial<Source>, path: string) => Read | null,
): readonly Read[] {
  return sources.flatMap((source, index) => (source === undefined ? [] : (read(source, `${path}/${index}`) ?? [])))
}

/** Returns a function that reports whether a file exists next to the spec. */
const fileNextTo = (spec: string, hasFile: ReadOptions['hasFile']) => (path: string) =>
  hasFile?.(`${spec.slice(0, spec.lastIndexOf('/') + 1)}${path}`) ?? true

/** Whether every ad of the ad set names the same page. */
function hasOnePage(adset: string, ads: Loose<AdSource>): boolean {
  const own = ads.filter((ad) => (ad?.adsets ?? []).includes(adset))
  return new Set(own.map((ad) => ad?.creative?.page_id ?? '')).size === 1 && own[0]?.creative?.page_id !== undefined
}

function checkCounts(adsets: Loose<AdsetSource>, ads: Loose<AdSource>, fields: Fields): void {
  if (fields.has('adsets') && adsets.length === 0)
    fields.fault('adsets', 'empty', 'the launch has no ad sets', 'add one with `- key: …`')
  if (adsets.length > MOST_ADSETS) fields.keyFault('adsets', 'out-of-range', `a campaign has at most ${MOST_ADSETS} ad sets`)
  const keys = new Set(adsets.map((adset) => adset?.key))
  // Such an ad has a misspelt key, which is reported already.
  const isSomewhereElse = ads.some((ad) => (ad?.adsets ?? []).some((key) => !keys.has(key)))
  for (const [index, adset] of adsets.entries()) {
    const { key } = adset ?? {}
    if (key === undefined) continue
    const count = ads.filter((ad) => (ad?.adsets ?? []).includes(key)).length
    if (count > MOST_ADS)
      fields.fault(
        `adsets/${index}/key`,
        'out-of-range',
        `an ad set has at most ${MOST_ADS} ads, and this one would have ${count}`,
      )
    if (count > 0 || isSomewhereElse) continue
    fields.warning(
      `adsets/${index}/key`,
      'no-ads',
      `no ad is in \`${key}\`, so it would show nothing`,
      'add it to the `adsets:` of an ad',
    )
  }
}

/** Reports a special ad category if neither the campaign nor an ad set names a country. */
function checkCategoryPlace(campaign: Partial<CampaignSource>, adsets: Loose<AdsetSource>, fields: Fields): void {
  const isSpecial = (campaign.special_ad_categories ?? []).some((category) => category !== undefined && category !== 'NONE')
  if (!isSpecial || fields.has('campaign/special_ad_category_country')) return
  if (adsets.some((adset) => (adset?.targeting?.geo_locations?.countries?.length ?? 0) > 0)) return
  const message = 'a special ad category needs countries, and neither the campaign nor an ad set names one'
  fields.fault('campaign/special_ad_categories', 'missing-key', message, 'for example `special_ad_category_country: [TR]`')
}

/** Compares the budgets with the ceiling. If the spec has errors, budgets may be missing, and the others may still exceed it. */
function checkCeiling(
  spec: Pick<LaunchSpec, 'publish' | 'currency' | 'campaign' | 'adsets'>,
  account: LaunchAccount,
  fields: Fields,
  now: number | undefined,
): void {
  const { ceiling } = account.guardrails
  if (ceiling !== null && now === undefined && startsImmediately(spec)) return
  const refusal = refusalByCeiling({ spec, ceiling, delivering: 0, now: now ?? 0 })
  if (refusal === null) return
  if (ceiling === null) {
    const hint = `add \`ceiling: 15000 ${account.currency} per day\` to the guardrails of ${account.name} in tetik.yaml, or use \`publish: paused\``
    fields.fault('publish', 'no-ceiling', refusal, hint)
    return
  }
  const own = budgetKey(fields, 'campaign')
  const first = [...spec.adsets.keys()].map((index) => `adsets/${index}`).find((path) => budgetKey(fields, path) !== null)
  const place = own !== null ? `campaign/${own}` : first === undefined ? 'launch' : `${first}/${budgetKey(fields, first)}`
  fields.fault(place, 'above-ceiling', refusal, 'lower the budgets, or raise the ceiling in tetik.yaml')
}

/** Whether a lifetime budget starts immediately, so that its days depend on the time of applying. */
const startsImmediately = ({ campaign, adsets }: Pick<LaunchSpec, 'campaign' | 'adsets'>): boolean =>
  adsets.some(({ budget, start }) => start === null && (budget ?? campaign.budget)?.kind === 'lifetime')
