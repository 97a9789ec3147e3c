/**
 * An in-memory Meta with one campaign and some ad sets, of which a test can make a single call fail: for sequences of events that the
 * sandbox's faults cannot time exactly enough.
 */

import { type ConnectorErrorKind, MetaError } from '../../connectors/connector-error.js'
import type { MetaActivity } from '../../connectors/meta/activities.js'
import type { CopyRequest, MetaClient } from '../../connectors/meta/client.js'
import type { MetaAccount, MetaAd, MetaAdset, MetaCampaign, MinimumBudget } from '../../connectors/meta/node.js'

const times = { created_time: 1, updated_time: 1, adlabels: [] }
const money = { daily_budget: null, lifetime_budget: null, budget_remaining: null, bid_strategy: null }

export const campaign = (change: Partial<MetaCampaign> = {}): MetaCampaign => ({
  ...times,
  ...money,
  level: 'campaign',
  id: 'c1',
  name: 'TR | Kış',
  status: 'ACTIVE',
  effective_status: 'ACTIVE',
  objective: 'OUTCOME_SALES',
  buying_type: null,
  is_adset_budget_sharing_enabled: null,
  start_time: null,
  stop_time: null,
  ...change,
})

export const adset = (change: Partial<MetaAdset> = {}): MetaAdset => ({
  ...times,
  ...money,
  level: 'adset',
  id: 's1',
  campaign_id: 'c1',
  name: 'Kış | Soğuk kitle',
  status: 'ACTIVE',
  effective_status: 'ACTIVE',
  daily_budget: 50_000,
  optimization_goal: 'OFFSITE_CONVERSIONS',
  billing_event: 'IMPRESSIONS',
  bid_amount: null,
  promoted_object: { pixel_id: '774411225588330', custom_event_type: 'PURCHASE' },
  attribution_spec: [],
  learning_stage_info: null,
  start_time: null,
  end_time: null,
  ...change,
})

export const ad = (change: Partial<MetaAd> = {}): MetaAd => ({
  ...times,
  level: 'ad',
  id: 'a1',
  campaign_id: 'c1',
  adset_id: 's1',
  name: 'Kış | Video',
  status: 'ACTIVE',
  effective_status: 'ACTIVE',
  ...change,
})

export class MetaDouble {
  readonly nodes = new Map<string, MetaCampaign | MetaAdset>()
  /** Writes that were made, in order: `s1 status PAUSED`. */
  readonly writes: string[] = []
  /** Copies by id, each with its original. */
  readonly copies = new Map<string, string>()
  /** Overrides of the account's own fields. */
  account: Partial<MetaAccount> = {}
  /** The activity log's entries. */
  activities: readonly MetaActivity[] = []
  /** The response of `minimum_budgets`. */
  minimumBudgets: readonly MinimumBudget[] = []
  /** Lists may lag behind creations. */
  showsCopies = true
  #copies = 0
  /** Called before each read and write; an error that it throws is the response. */
  before: (call: 'read' | 'write', id: string) => void = () => {}
  /** Called after a write took effect; an error that it throws is still the response. */
  afterWrite: (id: string) => void = () => {}

  constructor(nodes: readonly (MetaCampaign | MetaAdset)[] = [campaign(), adset(), adset({ id: 's2', name: 'Kış | Sıcak' })]) {
    for (const node of nodes) this.nodes.set(node.id, node)
  }

  /** Ads are nodes too; few tests have any. */
  addAd(one: MetaAd): void {
    this.nodes.set(one.id, one as unknown as MetaAdset)
  }

  set(
    id: string,
    change: Partial<
      Pick<
        MetaAdset,
        | 'name'
        | 'status'
        | 'daily_budget'
        | 'lifetime_budget'
        | 'learning_stage_info'
        | 'bid_amount'
        | 'bid_strategy'
        | 'adlabels'
        | 'updated_time'
      >
    >,
  ): void {
    this.nodes.set(id, { ...this.nodes.get(id)!, ...change })
  }

  /** The part of a client that changes need. */
  get client(): MetaClient {
    const read = (id: string): Promise<MetaCampaign | MetaAdset> => {
      this.before('read', id)
      const node = this.nodes.get(id)
      if (node === undefined) throw metaError('not-found')
      return Promise.resolve(node)
    }
    const write = (id: string, field: string, value: string | number): Promise<void> => {
      this.before('write', id)
      this.writes.push(`${id} ${field} ${value}`)
      this.set(id, { [field]: value })
      this.afterWrite(id)
      return Promise.resolve()
    }
    const all = (level: 'campaign' | 'adset') => () => {
      this.before('read', level)
      return Promise.resolve([...this.nodes.values()].filter((node) => node.level === level))
    }
    return {
      listAdPictures: () => Promise.resolve([]),
      listActivities: () => Promise.resolve(this.activities),
      readMinimumBudgets: () => Promise.resolve(this.minimumBudgets),
      readAccount: (id: string) =>
        Promise.resolve({
          id,
          name: 'Moda TR',
          currency: 'TRY',
          timezone_name: 'Europe/Istanbul',
          account_status: 1,
          disable_reason: null,
          min_daily_budget: null,
          spend_cap: null,
          amount_spent: null,
          balance: null,
          funding: null,
          ...this.account,
        }),
      listCampaigns: all('campaign'),
      listAdsets: all('adset'),
      listAds: () => Promise.resolve([]),
      readEntity: (_level: string, id: string) => read(id),
      updateStatus: (id: string, status: string) => write(id, 'status', status),
      updateBudget: (id: string, { field, amount }: { field: string; amount: number }) => write(id, field, amount),
      updateBid: (id: string, amount: number) => write(id, 'bid_amount', amount),
      rename: (id: string, name: string) => write(id, 'name', name),
      setLabels: (id: string, labels: readonly string[]) => {
        this.before('write', id)
        this.writes.push(`${id} labels ${labels.join(',')}`)
        this.set(id, { adlabels: labels.map((name) => ({ id: name, name })) })
        return Promise.resolve()
      },
      copy: ({ id, suffix, into }: CopyRequest) => {
        this.before('write', id)
        const source = this.nodes.get(id) as MetaAdset
        const copy = `${id}-copy-${++this.#copies}`
        this.writes.push(into === undefined ? `${id} copied` : `${id} copied into ${into}`)
        this.copies.set(copy, id)
        const parent = into === undefined ? {} : { [source.level === 'adset' ? 'campaign_id' : 'adset_id']: into }
        this.nodes.set(copy, { ...source, ...parent, id: copy, name: `${source.name}${suffix ?? ''}`, status: 'PAUSED' })
        this.afterWrite(id)
        return Promise.resolve(copy)
      },
      listCopies: (_level: string, id: string) => {
        this.before('read', id)
        const made = [...this.copies].filter(([, source]) => source === id).map(([copy]) => this.nodes.get(copy)!)
        return Promise.resolve(this.showsCopies ? made : [])
      },
      listParts: (level: string, id: string) => {
        this.before('read', id)
        const [part, parent] = level === 'campaign' ? (['adset', 'campaign_id'] as const) : (['ad', 'adset_id'] as const)
        const all = [...this.nodes.values()] as unknown as (Record<string, unknown> & { id: string; name: string })[]
        const inside = all.filter((node) => node['level'] === part && node[parent] === id)
        const parts = inside.map((node) => ({
          level: part,
          id: node.id,
          name: node.name,
          source: this.copies.get(node.id) ?? null,
        }))
        return Promise.resolve(parts.filter(({ source }) => this.showsCopies || source === null))
      },
    } as unknown as MetaClient
  }
}

export function metaError(
  kind: ConnectorErrorKind,
  change: { retryable?: boolean; mayHaveBeenCarriedOut?: boolean } = {},
): MetaError {
  return new MetaError(`Meta: ${kind}.`, {
    kind,
    reason: kind,
    retryable: false,
    retryAfter: null,
    mayHaveBeenCarriedOut: false,
    code: null,
    subcode: null,
    status: null,
    userTitle: null,
    userMessage: null,
    trace: null,
    path: null,
    request: 'POST /s1',
    ...change,
  })
}
