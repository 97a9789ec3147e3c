/**
 * Copies the contents of a campaign or ad set into its copy, one object per call: Meta copies at most three objects in one call.
 * Each object has a row, written before its call. After a crash or a lost answer, the next attempt first looks inside the copy for
 * a copy of the same source, which the earlier attempt must have made.
 */

import { type ConnectorErrorKind, MetaError } from '../../connectors/connector-error.js'
import type { MetaClient } from '../../connectors/meta/client.js'
import { inTransaction } from '../../store/base/transaction.js'
import { type CopiedPart, copiedParts, type PlannedPart, planParts, settlePart } from '../../store/decisions/copied-parts.js'
import type { Mutation } from '../../store/decisions/mutations.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import { changeStopNote } from '../base/stop-note.js'
import { LATE_COPY, notVisibleYet } from '../ledger/copy-target.js'

/** Errors that concern only one object; any other error would hit the next object too. */
const OF_ONE_OBJECT: readonly ConnectorErrorKind[] = ['invalid-request', 'not-found']

/**
 * Copies everything that is in the copied campaign or ad set; an ad has no parts.
 *
 * @param copy the id of the copy that was made of it
 * @returns all parts, each made or refused
 * @throws the client's errors, and `not-visible-yet` while a copy whose answer was lost may still appear
 */
export async function copyParts(
  dependencies: ActivityDependencies,
  client: MetaClient,
  mutation: Mutation,
  copy: string,
): Promise<readonly CopiedPart[]> {
  const { level, entity_id: source } = mutation
  if (level === 'ad') return []
  const { store } = dependencies
  const known = await copiedParts(store, mutation.id)
  const parts = known.length > 0 ? known : await planParts(store, mutation.id, await partsOf(client, level, source))
  /** The id of the copy by the id of its source; null if Meta refused it. */
  const copies = new Map<string, string | null>([[source, copy]])
  const inside = createLookInside(client)
  for (const part of parts) copies.set(part.source_id, await makeOne(dependencies, client, inside, { mutation, part, copies }))
  return await copiedParts(store, mutation.id)
}

/** Returns what is in a campaign or ad set, each ad set before its ads. */
async function partsOf(client: MetaClient, level: 'campaign' | 'adset', id: string): Promise<PlannedPart[]> {
  const planned: PlannedPart[] = []
  for (const part of await client.listParts(level, id)) {
    planned.push({ level: part.level, source_id: part.id, source_parent: id, name: part.name })
    if (part.level === 'ad') continue
    for (const ad of await client.listParts('adset', part.id)) {
      planned.push({ level: 'ad', source_id: ad.id, source_parent: part.id, name: ad.name })
    }
  }
  return planned
}

interface PartToMake {
  readonly mutation: Mutation
  readonly part: CopiedPart
  readonly copies: ReadonlyMap<string, string | null>
}

/** Returns the id of the part's copy; null if Meta refused it, if its parent was not copied, or if a stop prevents it. */
async function makeOne(
  { store, now }: ActivityDependencies,
  client: MetaClient,
  inside: LookInside,
  { mutation, part, copies }: PartToMake,
): Promise<string | null> {
  if (part.state === 'made' || part.state === 'refused') return part.copy_id
  const into = copies.get(part.source_parent) ?? null
  if (into === null) return await refuse(store, part, 'Its ad set was not copied.')
  if (part.state === 'sent') {
    const found = await inside(part, into)
    if (found !== null) return await keep(store, part, found)
    if (now() - (part.sent_at ?? 0) < LATE_COPY) throw notVisibleYet(`the copy of “${part.name}”`)
  }
  // A stop prevents what was not sent before it.
  const stopped = await inTransaction(store, async (transaction) => {
    const note = part.state === 'sent' ? null : await changeStopNote(transaction, mutation)
    if (note === null) await settlePart(transaction, part, { state: 'sent', sent_at: now() })
    return note
  })
  if (stopped !== null) return await refuse(store, part, stopped)
  try {
    return await keep(store, part, await client.copy({ level: part.level, id: part.source_id, suffix: null, into }))
  } catch (error) {
    if (!(error instanceof MetaError) || error.mayHaveBeenCarriedOut) throw error
    if (OF_ONE_OBJECT.includes(error.kind)) return await refuse(store, part, error.message)
    // Meta's rate limit rejected it, or the request never left.
    await settlePart(store, part, { state: 'planned' })
    throw error
  }
}

async function keep(store: ActivityDependencies['store'], part: CopiedPart, copy: string): Promise<string> {
  await settlePart(store, part, { state: 'made', copy_id: copy })
  return copy
}

async function refuse(store: ActivityDependencies['store'], part: CopiedPart, message: string): Promise<null> {
  await settlePart(store, part, { state: 'refused', error_json: JSON.stringify({ message }) })
  return null
}

type LookInside = (part: CopiedPart, into: string) => Promise<string | null>

/** Finds the copy of a source that an earlier attempt made in its new parent. Each parent is listed once per attempt. */
function createLookInside(client: MetaClient): LookInside {
  const lists = new Map<string, ReadonlyMap<string | null, string>>()
  return async ({ level, source_id: source }, into) => {
    let list = lists.get(into)
    if (list === undefined) {
      const found = await client.listParts(level === 'ad' ? 'adset' : 'campaign', into)
      list = new Map(found.map((one) => [one.source, one.id]))
      lists.set(into, list)
    }
    return list.get(source) ?? null
  }
}

/** Returns what is missing from the copy, as a sentence; null if everything was copied. */
export function missingText(parts: readonly CopiedPart[]): string | null {
  const missing = parts.filter((part) => part.state === 'refused')
  const [first] = missing
  if (first === undefined) return null
  const { message } = JSON.parse(first.error_json!) as { message: string }
  const what = `${first.level === 'ad' ? 'the ad' : 'the ad set'} “${first.name}”`
  return missing.length === 1
    ? `${what} could not be copied: ${message}`
    : `${missing.length} of ${parts.length} could not be copied, the first of them ${what}: ${message}`
}
