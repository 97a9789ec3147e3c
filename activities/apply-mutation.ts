/**
 * The one place that changes anything at Meta. It brings an entity to the absolute value that the ledger holds: reads first,
 * writes only what is not so yet, reads back. However often and after whatever crash it is tried, the end is the same.
 */

import { ApplicationFailure, sleep } from '@temporalio/activity'

import { MetaError } from '../connectors/connector-error.js'
import type { MetaClient } from '../connectors/meta/client.js'
import { entityAsOf } from '../store/entities.js'
import type { Entity } from '../store/entities.js'
import { findMutation, settleMutation, takeBackSending } from '../store/mutations.js'
import type { Mutation } from '../store/mutations.js'
import { inTransaction } from '../store/transaction.js'
import { whileAlive } from './alive.js'
import { applyCopy } from './apply-copy.js'
import type { AppliedMutation, MetaMutationActivities } from './contracts.js'
import { accountOf } from './dependencies.js'
import type { ActivityDependencies } from './dependencies.js'
import { failureOf } from './errors.js'
import { keepHolds } from './holds.js'
import { CHANGED_MEANWHILE, valueOf } from './outside-changes.js'
import type { LedgerField } from './outside-changes.js'
import { keepReading } from './save-entity.js'

/** Meta may answer a reading right after a write with what was before: it is asked this often, a second apart. */
const READ_BACKS = 3

export const applyMutation =
  (dependencies: ActivityDependencies): MetaMutationActivities['applyMutation'] =>
  ({ account, mutation }) =>
    whileAlive(() => apply(dependencies, account, mutation))

async function apply(dependencies: ActivityDependencies, name: string, id: string): Promise<AppliedMutation> {
  const { store, now } = dependencies
  const mutation = await findMutation(store, id)
  if (mutation === undefined) throw ApplicationFailure.nonRetryable(`The ledger has no change ${id}.`, 'unknown-mutation')
  const settled = applied(mutation)
  if (settled !== null) return settled
  if (mutation.outcome === 'refused') throw ApplicationFailure.nonRetryable('This change was refused before.', 'refused')

  const client = dependencies.meta(accountOf(dependencies, name))
  if (mutation.field === 'copy') return await applyCopy(dependencies, client, mutation)
  // `unknown` was written before an earlier try sent the change: what Meta has now may be our own work.
  const wasSent = mutation.outcome === 'unknown'
  let mayBeDone = wasSent
  try {
    const { value: found, entity } = await read(dependencies, client, mutation)
    if (found === mutation.target) return await settle(dependencies, mutation, wasSent ? 'confirmed' : 'unchanged')
    mayBeDone = false
    if (!mutation.made_by.startsWith('api:')) {
      if ((found ?? '') !== mutation.before) {
        const was = `${mutation.field} was ${mutation.before} and is ${found ?? 'nothing'} now`
        throw ApplicationFailure.nonRetryable(`Somebody else changed it in the meantime: ${was}.`, CHANGED_MEANWHILE)
      }
      if (wasSent && (await wasEditedSince(dependencies, mutation, entity))) {
        const text = `It was sent, and then edited by somebody: ${mutation.field} is ${mutation.before} again, and is left so.`
        throw ApplicationFailure.nonRetryable(text, CHANGED_MEANWHILE)
      }
    }
    await settleMutation(store, id, { outcome: 'unknown', at: now() })
    try {
      mayBeDone = true
      await write(client, mutation)
    } catch (error) {
      mayBeDone = !(error instanceof MetaError) || error.mayHaveBeenCarriedOut
      throw error
    }
    for (let attempt = 1; attempt <= READ_BACKS; attempt += 1) {
      if ((await read(dependencies, client, mutation)).value === mutation.target)
        return await settle(dependencies, mutation, 'confirmed')
      await sleep('1s')
    }
  } catch (error) {
    const failure = failureOf(error)
    if (failure.nonRetryable === true && !mayBeDone) {
      const { type, message } = failure
      await settleMutation(store, id, { outcome: 'refused', error: { type, message }, at: now() })
    } else if (!mayBeDone && !wasSent) {
      // Meta put it off, or nothing left us: it is as if it had not been tried.
      await takeBackSending(store, id)
    }
    throw failure
  }
  throw ApplicationFailure.retryable(`Meta took the change, and still answers with the old ${mutation.field}.`, 'not-visible-yet')
}

function applied({ outcome, before, target, error_json }: Mutation): AppliedMutation | null {
  if (outcome !== 'confirmed' && outcome !== 'unchanged') return null
  if (error_json !== null) {
    // A copy that is not whole: however often it is asked for, its step failed.
    const { type, message } = JSON.parse(error_json) as { type: string; message: string }
    throw ApplicationFailure.nonRetryable(message, type)
  }
  return { outcome, before, target }
}

/** The field as Meta has it now, in the ledger's form, and all of the entity; what was read is kept. */
async function read({ store, now }: ActivityDependencies, client: MetaClient, mutation: Mutation) {
  const askedAt = now()
  const node = await client.readEntity(mutation.level as 'adset', mutation.entity_id)
  const entity = await keepReading(store, mutation.account, node, askedAt)
  return { value: valueOf(entity, mutation.field as LedgerField), entity }
}

/**
 * Whether the entity was edited since the change was meant. What was sent and is not there may have been made and taken back,
 * which only Meta's own date of the last edit tells: to make it again would be a rule against a person.
 */
async function wasEditedSince({ store }: ActivityDependencies, mutation: Mutation, now: Entity): Promise<boolean> {
  const { account, entity_id: id, intended_at: at } = mutation
  const then = await entityAsOf(store, { account, level: now.level, id, at })
  const [before, after] = [then?.fields['updated_time'], now.fields['updated_time']]
  return typeof before === 'number' && typeof after === 'number' && after > before
}

async function write(client: MetaClient, { entity_id: id, field, target }: Mutation): Promise<void> {
  switch (field) {
    case 'status':
      return await client.updateStatus(id, target === 'ACTIVE' ? 'ACTIVE' : 'PAUSED')
    case 'daily_budget':
      return await client.updateBudget(id, { daily_budget: Number(target) })
    case 'lifetime_budget':
      return await client.updateBudget(id, { lifetime_budget: Number(target) })
    case 'bid_amount':
      return await client.updateBid(id, Number(target))
    case 'name':
      return await client.rename(id, target)
    case 'labels':
      return await client.setLabels(id, JSON.parse(target) as string[])
    default:
      throw ApplicationFailure.nonRetryable(`The ledger cannot set ${field}.`, 'unknown-field')
  }
}

async function settle(
  { store, now }: ActivityDependencies,
  mutation: Mutation,
  outcome: 'confirmed' | 'unchanged',
): Promise<AppliedMutation> {
  await inTransaction(store, async (transaction) => {
    await settleMutation(transaction, mutation.id, { outcome, at: now() })
    await keepHolds(transaction, mutation, outcome, now())
  })
  const { before, target } = mutation
  return { outcome, before, target }
}
