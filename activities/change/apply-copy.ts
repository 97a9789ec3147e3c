/**
 * Makes a copy at Meta, once. Creating is not idempotent there, so each attempt first looks for the copy of an earlier attempt: by
 * the id in the ledger, or else by the mark in its name. A copy is made only if no earlier attempt can have made one. The contents
 * of a campaign or ad set are then copied into it, one by one.
 */

import { ApplicationFailure } from '@temporalio/activity'

import { MetaError } from '../../connectors/connector-error.js'
import type { MetaClient } from '../../connectors/meta/client.js'
import { targetOf } from '../../engine/change/ledger-value.js'
import { inTransaction } from '../../store/base/transaction.js'
import { keepResult, type Mutation, settleMutation } from '../../store/decisions/mutations.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import { failureOf } from '../base/errors.js'
import { changeStopNote } from '../base/stop-note.js'
import { INCOMPLETE_COPY, LATE_COPY, notVisibleYet } from '../ledger/copy-target.js'
import { keepReading } from '../sync/save-entity.js'
import type { AppliedMutation } from './contract.js'
import { copyParts, missingText } from './copy-parts.js'

export async function applyCopy(
  dependencies: ActivityDependencies,
  client: MetaClient,
  mutation: Mutation,
): Promise<AppliedMutation> {
  const { store, now } = dependencies
  const copy = targetOf(mutation)
  if (copy.kind !== 'copy') throw new TypeError(`The row ${mutation.id} is not a copy.`)
  const { mark, name } = copy
  // An earlier attempt sent it and got no answer.
  let mayBeMade = mutation.outcome === 'unknown'
  let id = mutation.result
  try {
    id ??= await find(client, mutation, mark)
    if (id === null) {
      if (mayBeMade && now() - (mutation.settled_at ?? 0) < LATE_COPY) throw notVisibleYet('the copy')
      // One transaction, so that a stop prevents whatever was not sent before it.
      await inTransaction(store, async (transaction) => {
        const note = mayBeMade ? null : await changeStopNote(transaction, mutation)
        if (note !== null) throw ApplicationFailure.nonRetryable(`${note}.`, 'stopped')
        await settleMutation(transaction, mutation.id, { outcome: 'unknown', at: now() })
      })
      mayBeMade = true
      try {
        id = await client.copy({ level: mutation.level, id: mutation.entity_id, suffix: mark })
      } catch (error) {
        mayBeMade = !(error instanceof MetaError) || error.mayHaveBeenCarriedOut
        throw error
      }
    }
    mayBeMade = true
    await keepResult(store, mutation.id, id)
    await read(dependencies, client, mutation, id, name)
    const missing = missingText(await copyParts(dependencies, client, mutation, id))
    if (missing !== null) throw ApplicationFailure.nonRetryable(missing, INCOMPLETE_COPY)
    await settleMutation(store, mutation.id, { outcome: 'confirmed', at: now() })
    return { outcome: 'confirmed', before: mutation.before, target: mutation.target }
  } catch (error) {
    const failure = failureOf(error)
    if (failure.nonRetryable !== true) throw failure
    const { type, message } = failure
    // Something was made, so the ledger counts it as a change; the step's error says what is missing.
    if (id !== null) {
      const text = `The copy ${id} was made and is paused, but it is incomplete: ${message} Add what is missing in Ads Manager, or delete it there.`
      const incomplete = { type: INCOMPLETE_COPY, message: text }
      await settleMutation(store, mutation.id, { outcome: 'confirmed', error: incomplete, at: now() })
      throw ApplicationFailure.create({ ...incomplete, nonRetryable: true, cause: failure })
    }
    if (!mayBeMade) await settleMutation(store, mutation.id, { outcome: 'refused', error: { type, message }, at: now() })
    throw failure
  }
}

/** Returns the id of the copy with this mark. If the copy was made twice, the first one counts. */
async function find(client: MetaClient, { level, entity_id: source }: Mutation, mark: string): Promise<string | null> {
  const copies = (await client.listCopies(level, source)).filter((copy) => copy.name.endsWith(mark))
  copies.sort((a, b) => a.created_time - b.created_time)
  return copies[0]?.id ?? null
}

/** Reads the copy back, renames it if the step gives a name, and stores it. */
async function read(
  { store, now }: ActivityDependencies,
  client: MetaClient,
  { account, level }: Mutation,
  id: string,
  name: string | null,
): Promise<void> {
  let askedAt = now()
  let node = await client.readEntity(level, id)
  if (name !== null && node.name !== name) {
    await client.rename(id, name)
    askedAt = now()
    node = await client.readEntity(level, id)
    if (node.name !== name)
      throw ApplicationFailure.retryable('Meta still shows the copy under its first name.', 'not-visible-yet')
  }
  await keepReading(store, account, node, askedAt)
}
