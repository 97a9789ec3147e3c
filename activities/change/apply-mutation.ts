/**
 * Applies a change of the ledger. This file finds its row and contains the call that sends each field. `apply-field.ts` decides
 * whether to send it: it checks the ledger for later changes, reads the field before and after, and is safe to repeat after any
 * crash. `apply-copy.ts` makes copies.
 */

import { ApplicationFailure } from '@temporalio/activity'

import type { MetaClient } from '../../connectors/meta/client.js'
import { targetOf } from '../../engine/change/ledger-value.js'
import { findMutation, type Mutation } from '../../store/decisions/mutations.js'
import { accountOf, type ActivityDependencies } from '../base/dependencies.js'
import { whileAlive } from '../base/heartbeat.js'
import { applyCopy } from './apply-copy.js'
import { applyField, endOf } from './apply-field.js'
import { type AppliedMutation, type ChangeMutationActivities } from './contract.js'

export const applyMutation =
  (dependencies: ActivityDependencies): ChangeMutationActivities['applyMutation'] =>
  ({ account, mutation }) =>
    whileAlive(() => apply(dependencies, account, mutation))

async function apply(dependencies: ActivityDependencies, account: string | undefined, id: string): Promise<AppliedMutation> {
  const mutation = await findMutation(dependencies.store, id)
  if (mutation === undefined) throw ApplicationFailure.nonRetryable(`The ledger has no change ${id}.`, 'unknown-mutation')
  if (account !== undefined && mutation.account !== account) {
    throw ApplicationFailure.nonRetryable(`The change ${id} belongs to another account than ${account}.`, 'other-account')
  }
  const client = dependencies.meta(accountOf(dependencies, mutation.account))
  if (mutation.field === 'copy') return endOf(mutation) ?? (await applyCopy(dependencies, client, mutation))
  return await applyField(dependencies, client, mutation, () => write(client, mutation))
}

/** Sends the change's field, with its target, in a call that contains nothing else. */
async function write(client: MetaClient, mutation: Mutation): Promise<void> {
  const { entity_id: id, field } = mutation
  const value = targetOf(mutation)
  switch (value.kind) {
    case 'status':
      return await client.updateStatus(id, value.status === 'ACTIVE' ? 'ACTIVE' : 'PAUSED')
    case 'budget':
      return await client.updateBudget(id, value)
    case 'bid':
      return await client.updateBid(id, value.amount)
    case 'name':
      return await client.rename(id, value.name)
    case 'labels':
      return await client.setLabels(id, value.labels)
    default:
      throw ApplicationFailure.nonRetryable(`The ledger cannot set ${field} to “${mutation.target}”.`, 'unknown-field')
  }
}
