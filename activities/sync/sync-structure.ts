/** Reads an account's campaigns, ad sets and ads, and notices what somebody else changed in the meantime. */

import { ApplicationFailure, heartbeat } from '@temporalio/activity'

import type { ListOptions } from '../../connectors/meta/client.js'
import type { MetaAd, MetaAdset, MetaCampaign, MetaNode } from '../../connectors/meta/node.js'
import type { Account } from '../../engine/account/account.js'
import { saveAccount } from '../../store/account/accounts.js'
import { entitiesAsOf, type Entity, saveStructure } from '../../store/account/entities.js'
import { inTransaction } from '../../store/base/transaction.js'
import { accountOf, type ActivityDependencies } from '../base/dependencies.js'
import { honourOutsideChanges, outsideChanges } from '../ledger/outside-changes.js'
import { settleByReading } from '../ledger/settle-by-reading.js'
import type { SyncActivities } from './contract.js'
import { inPages, LIST_PAGES } from './question-size.js'
import { recordSync, type Sync, syncing } from './record-sync.js'
import { syncAccountDetails } from './sync-account-details.js'
import { syncActivityLog } from './sync-activity-log.js'
import { syncAdPictures } from './sync-ad-pictures.js'

export const syncStructure =
  (dependencies: ActivityDependencies): SyncActivities['syncStructure'] =>
  async ({ account: name }) => {
    const { store, now } = dependencies
    const account = accountOf(dependencies, name)
    const startedAt = now()
    const sync: Sync = { account: name, kind: 'structure', since: null, until: null, startedAt }
    return await syncing(dependencies, sync, async () => {
      const client = dependencies.meta(account)
      const options = { onPage: (rows: number) => heartbeat(rows) }
      const found = await client.readAccount(account.id)
      checkAgreement(account, found)
      await syncAccountDetails(dependencies, client, account, found, startedAt)
      const list = <T>(what: string, read: (options: ListOptions) => Promise<T>): Promise<T> =>
        inPages(dependencies, name, what, LIST_PAGES, (page) => read({ ...options, page: page ?? LIST_PAGES.smallest }))
      const campaigns = await list('campaigns', (options) => client.listCampaigns(account.id, options))
      const adsets = await list('adsets', (options) => client.listAdsets(account.id, options))
      const ads = await list('ads', (options) => client.listAds(account.id, options))
      const entities = [...campaigns.map(campaignOf), ...adsets.map(adsetOf), ...ads.map(adOf)]

      await inTransaction(store, async (transaction) => {
        await saveAccount(transaction, {
          name,
          meta_id: found.id,
          meta_name: found.name,
          currency: found.currency,
          timezone: found.timezone_name,
          account_status: found.account_status,
          learned_at: startedAt,
        })
        const before = await entitiesAsOf(transaction, name)
        const changes = await outsideChanges(transaction, name, before, entities, startedAt)
        await saveStructure(transaction, {
          account: name,
          levels: ['campaign', 'adset', 'ad'],
          entities,
          learnedAt: startedAt,
        })
        await honourOutsideChanges(transaction, name, changes, startedAt)
        await settleByReading(transaction, name, entities, startedAt)
      })
      await syncAdPictures(dependencies, client, account)
      await syncActivityLog(dependencies, client, account)
      await recordSync(dependencies, sync)
      return { campaigns: campaigns.length, adsets: adsets.length, ads: ads.length }
    })
  }

/** A wrong currency in tetik.yaml would make every amount wrong, a wrong time zone every day. */
function checkAgreement(account: Account, found: { currency: string; timezone_name: string }): void {
  const faults = [
    found.currency === account.currency ? null : `currency ${account.currency}, Meta ${found.currency}`,
    found.timezone_name === account.timezone ? null : `timezone ${account.timezone}, Meta ${found.timezone_name}`,
  ].filter((fault) => fault !== null)
  if (faults.length === 0) return
  throw ApplicationFailure.nonRetryable(
    `tetik.yaml and Meta disagree about ${account.name}: tetik.yaml says ${faults.join('; ')}. Correct tetik.yaml.`,
    'account-mismatch',
  )
}

const campaignOf = (node: MetaCampaign): Entity => ({ ...common(node), campaignId: node.id, adsetId: null })
const adsetOf = (node: MetaAdset): Entity => ({ ...common(node), campaignId: node.campaign_id, adsetId: node.id })
const adOf = (node: MetaAd): Entity => ({ ...common(node), campaignId: node.campaign_id, adsetId: node.adset_id })

/** Converts a node of Meta's answer to the store's form. */
export function entityOf(node: MetaNode): Entity {
  switch (node.level) {
    case 'campaign':
      return campaignOf(node)
    case 'adset':
      return adsetOf(node)
    case 'ad':
      return adOf(node)
  }
}

/**
 * Fields with columns of their own, and `budget_remaining`, which changes with every impression and would add a revision at every
 * tick.
 */
const NOT_A_FIELD = new Set(
  'id level name status effective_status campaign_id adset_id daily_budget lifetime_budget budget_remaining'.split(' '),
)

function common(node: MetaNode): Omit<Entity, 'campaignId' | 'adsetId'> {
  return {
    level: node.level,
    id: node.id,
    name: node.name,
    status: node.status,
    effectiveStatus: node.effective_status,
    dailyBudget: node.level === 'ad' ? null : node.daily_budget,
    lifetimeBudget: node.level === 'ad' ? null : node.lifetime_budget,
    fields: Object.fromEntries(Object.entries(node).filter(([name]) => !NOT_A_FIELD.has(name))),
  }
}
