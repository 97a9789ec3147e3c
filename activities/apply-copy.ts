/**
 * Makes a copy at Meta, once. Creating is not idempotent there, so that every try first looks for what an earlier one made: by
 * the id that the ledger kept, else by the mark in its name. Only when none can have been made is one made.
 */

import { ApplicationFailure } from '@temporalio/activity'

import { MetaError } from '../connectors/connector-error.js'
import type { MetaClient } from '../connectors/meta/client.js'
import { keepResult, settleMutation } from '../store/mutations.js'
import type { Mutation } from '../store/mutations.js'
import type { AppliedMutation } from './contracts.js'
import { readCopyTarget } from './copy-target.js'
import type { ActivityDependencies } from './dependencies.js'
import { failureOf } from './errors.js'
import { keepReading } from './save-entity.js'

/** How long after a lost answer a copy may still become visible, milliseconds. Before that none is made again. */
const LATE = 90_000
const AGAIN = '15s'

export async function applyCopy(
  dependencies: ActivityDependencies,
  client: MetaClient,
  mutation: Mutation,
): Promise<AppliedMutation> {
  const { store, now } = dependencies
  const { mark, name } = readCopyTarget(mutation.target)
  // Sent by an earlier try, whose answer was not heard.
  let mayBeMade = mutation.outcome === 'unknown'
  try {
    let id = mutation.result ?? (await find(client, mutation, mark))
    if (id === null) {
      if (mayBeMade && now() - (mutation.settled_at ?? 0) < LATE) {
        const why = 'It is not known yet whether Meta made the copy; it is looked for again before another is made.'
        throw ApplicationFailure.create({ message: why, type: 'not-visible-yet', nextRetryDelay: AGAIN })
      }
      mayBeMade = true
      await settleMutation(store, mutation.id, { outcome: 'unknown', at: now() })
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
    await settleMutation(store, mutation.id, { outcome: 'confirmed', at: now() })
    return { outcome: 'confirmed', before: mutation.before, target: mutation.target }
  } catch (error) {
    const failure = failureOf(error)
    if (failure.nonRetryable === true && !mayBeMade) {
      const { type, message } = failure
      await settleMutation(store, mutation.id, { outcome: 'refused', error: { type, message }, at: now() })
    }
    throw failure
  }
}

/** Two that bear the mark would be the same copy made twice: the first is the one. */
async function find(client: MetaClient, { level, entity_id: source }: Mutation, mark: string): Promise<string | null> {
  const copies = (await client.listCopies(level, source)).filter((copy) => copy.name.endsWith(mark))
  copies.sort((a, b) => a.created_time - b.created_time)
  return copies[0]?.id ?? null
}

/** Reads the copy back, gives it its own name where it shall have one, and keeps it. */
async function read(
  { store, now }: ActivityDependencies,
  client: MetaClient,
  { account, level }: Mutation,
  id: string,
  name: string | null,
): Promise<void> {
  let askedAt = now()
  let node = await client.readEntity(level as 'adset', id)
  if (name !== null && node.name !== name) {
    await client.rename(id, name)
    askedAt = now()
    node = await client.readEntity(level as 'adset', id)
    if (node.name !== name) throw ApplicationFailure.retryable('The copy still has its first name.', 'not-visible-yet')
  }
  await keepReading(store, account, node, askedAt)
}
