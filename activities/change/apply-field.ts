/**
 * Sets one field of an entity to the absolute value in the ledger: checks our own ledger for later changes, reads the field at
 * Meta, writes it only if it differs, and reads it back.
 */

import { ApplicationFailure, sleep } from '@temporalio/activity'

import { MetaError } from '../../connectors/connector-error.js'
import type { MetaClient } from '../../connectors/meta/client.js'
import { fieldInWords } from '../../engine/change/in-words.js'
import { type LedgerField, sameValue, targetOf, valueOf } from '../../engine/change/ledger-value.js'
import { inTransaction } from '../../store/base/transaction.js'
import {
  findMutation,
  markAnswered,
  markSent,
  type Mutation,
  settleMutation,
  takeBackSending,
} from '../../store/decisions/mutations.js'
import { laterChanges } from '../../store/decisions/superseding.js'
import { accountOf, type ActivityDependencies } from '../base/dependencies.js'
import { failureOf } from '../base/errors.js'
import { changeStopNote } from '../base/stop-note.js'
import { editedAt } from '../ledger/edited-since.js'
import { withField } from '../ledger/field-claim.js'
import { keepHolds } from '../ledger/pause-holds.js'
import { failureOfSummary, foundByNext, settleMade, settleSuperseded, SUPERSEDED, supersededBy } from '../ledger/supersede.js'
import { readEntityNow } from '../sync/save-entity.js'
import { checkExpected, checkUntouched, type Reading } from './check-field.js'
import { type AppliedMutation } from './contract.js'
import { mayArrive } from './keep-change.js'

/** Right after a write, Meta may still return the old value: it is read this many times, a second apart. */
const READ_BACKS = 3

/**
 * Sets one field to the ledger's target.
 *
 * @param send sends the change; called once at most
 * @throws ApplicationFailure `refused`, `superseded`, `changed-meanwhile`, and those of `send`
 */
export async function applyField(
  dependencies: ActivityDependencies,
  client: MetaClient,
  mutation: Mutation,
  send: () => Promise<void>,
): Promise<AppliedMutation> {
  const ended = endOf(mutation)
  if (ended !== null) return ended
  return await withField(dependencies, mutation, mutation.order_number, (checkClaim) =>
    new Application(dependencies, { client, send }, mutation.id, checkClaim).run(),
  )
}

/**
 * Returns the result of a change that already has a final outcome, or null if it has none.
 *
 * @throws ApplicationFailure `refused` or `superseded`, or the stored error of an incomplete copy
 */
export function endOf({ outcome, before, target, error_json }: Mutation): AppliedMutation | null {
  if (outcome === 'refused') throw ApplicationFailure.nonRetryable('This change was refused before.', 'refused')
  if (outcome === 'superseded') throw ApplicationFailure.nonRetryable('A later change took its place.', SUPERSEDED)
  if (outcome !== 'confirmed' && outcome !== 'unchanged') return null
  if (error_json !== null) {
    // The copy is incomplete: its step failed, however often it is retried.
    const { type, message } = JSON.parse(error_json) as { type: string; message: string }
    throw ApplicationFailure.nonRetryable(message, type)
  }
  return { outcome, before, target }
}

/** One attempt; meanwhile no other change of the field is being applied. */
class Application {
  constructor(
    private readonly dependencies: ActivityDependencies,
    private readonly meta: { readonly client: MetaClient; readonly send: () => Promise<void> },
    private readonly id: string,
    private readonly checkClaim: () => Promise<void>,
  ) {}

  async run(): Promise<AppliedMutation> {
    const { store } = this.dependencies
    // The previous holder of the field may have settled this change.
    const mutation = (await findMutation(store, this.id))!
    const ended = endOf(mutation)
    if (ended !== null) return ended
    const sent = mutation.sent_at !== null
    let mayBeMade = sent
    let isMarked = false
    try {
      const later = await laterChanges(store, mutation)
      if (later.some(({ target }) => target !== mutation.target)) return await this.giveWay(mutation, later)
      const reading = await this.read(mutation)
      if (sameValue(reading.value, targetOf(mutation)) && (sent || !(await this.anotherMayArrive(mutation)))) {
        return await this.settle(mutation, sent ? 'confirmed' : 'unchanged', reading)
      }
      const before = sent
        ? await checkUntouched(this.dependencies, mutation, reading)
        : await checkExpected(this.dependencies, mutation, reading)
      if (mutation.answered_at === null) {
        await this.checkClaim()
        const sending = { at: this.dependencies.now(), before, edited: editedAt(reading.entity) }
        await this.markSending(mutation, sending)
        isMarked = true
        mayBeMade = true
        try {
          await this.meta.send()
          await markAnswered(store, this.id, this.dependencies.now())
        } catch (error) {
          mayBeMade = sent || !(error instanceof MetaError) || error.mayHaveBeenCarriedOut
          throw error
        }
      }
      for (let attempt = 1; attempt <= READ_BACKS; attempt += 1) {
        const after = await this.read(mutation)
        if (sameValue(after.value, targetOf(mutation))) return await this.settle({ ...mutation, before }, 'confirmed', after)
        await sleep('1s')
      }
    } catch (error) {
      throw await this.failed(error, { isFirst: isMarked && !sent, mayBeMade })
    }
    throw ApplicationFailure.retryable(
      `Meta accepted the change, but still returns the old ${fieldInWords(mutation.field)}.`,
      'not-visible-yet',
    )
  }

  /** Ends this change because a later one of the same field exists. It counts as made if it was made before the later one. */
  private async giveWay(mutation: Mutation, later: Awaited<ReturnType<typeof laterChanges>>): Promise<AppliedMutation> {
    const { store, now } = this.dependencies
    const made = { outcome: 'confirmed', before: mutation.before, target: mutation.target } as const
    const next = foundByNext(mutation, later)
    if (next !== null) {
      await settleMade(store, mutation, now(), next.edited)
      return made
    }
    // The later change was only requested so far: Meta's current value is from before it.
    if (mutation.sent_at !== null && later.every(({ intended_at: at }) => at === null)) {
      const { value, entity } = await this.read(mutation)
      if (sameValue(value, targetOf(mutation))) {
        await settleMade(store, mutation, now(), editedAt(entity))
        return made
      }
    }
    const error = supersededBy(mutation, later, accountOf(this.dependencies, mutation.account).currency)
    await settleSuperseded(store, mutation, { error, found: null, at: now() })
    throw failureOfSummary(error)
  }

  /** Whether an earlier change of the field may still arrive at Meta and replace the current value. */
  private async anotherMayArrive(mutation: Mutation): Promise<boolean> {
    const { store, now } = this.dependencies
    return (await mayArrive(store, mutation, now())).length > 0
  }

  /**
   * Marks the change as sent, unless its rule is stopped. Both happen in one transaction, so that a stop prevents whatever was
   * not sent before it.
   *
   * @throws ApplicationFailure `stopped`, or `ended` if its outcome was recorded in the meantime
   */
  private async markSending(mutation: Mutation, sending: Parameters<typeof markSent>[2]): Promise<void> {
    await inTransaction(this.dependencies.store, async (transaction) => {
      const note = mutation.sent_at === null ? await changeStopNote(transaction, mutation) : null
      if (note !== null) throw ApplicationFailure.nonRetryable(`${note}.`, 'stopped')
      const isMarked = await markSent(transaction, this.id, sending)
      if (!isMarked) throw ApplicationFailure.nonRetryable('It was ended meanwhile.', 'ended')
    })
  }

  /** Reads the entity from Meta and stores it; returns the field's value in the ledger's form, and the whole entity. */
  private async read(mutation: Mutation): Promise<Reading> {
    const { account, level, entity_id: id } = mutation
    const { entity } = await readEntityNow(this.dependencies, this.meta.client, account, { level, id })
    return { value: valueOf(entity, mutation.field as LedgerField), entity }
  }

  private async settle(mutation: Mutation, outcome: 'confirmed' | 'unchanged', reading: Reading): Promise<AppliedMutation> {
    const { store, now } = this.dependencies
    const edited = editedAt(reading.entity)
    await inTransaction(store, async (transaction) => {
      const settlement = { outcome, at: now(), ...(edited === null ? {} : { editedAfter: edited }) }
      // Another reading may have settled it first.
      if (await settleMutation(transaction, mutation.id, settlement)) await keepHolds(transaction, mutation, outcome, now())
    })
    const { before, target } = mutation
    const isSafe = !(await this.anotherMayArrive((await findMutation(store, mutation.id))!))
    return { outcome, before, target, ...(isSafe ? {} : { mayBeOvertaken: true }) }
  }

  /** @param isFirst whether this attempt marked the change as sent, and no earlier one did */
  private async failed(
    error: unknown,
    { isFirst, mayBeMade }: { readonly isFirst: boolean; readonly mayBeMade: boolean },
  ): Promise<ApplicationFailure> {
    const { store, now } = this.dependencies
    const failure = failureOf(error)
    if (mayBeMade) return failure
    if (failure.nonRetryable === true) {
      const { type, message } = failure
      await settleMutation(store, this.id, { outcome: 'refused', error: { type, message }, at: now() })
    } else if (isFirst) {
      // Meta's rate limit rejected it, or the request never left: it counts as not sent.
      await takeBackSending(store, this.id, now())
    }
    return failure
  }
}
