/**
 * Applies a launch spec: uploads media, creates the campaign, ad sets, creatives and ads paused, one by one, and reads them back.
 * It sets them active only when all of them exist, the campaign last. If a launch cannot be completed, everything stays paused and
 * the owner is notified; if the run asks for a rollback, what it created is deleted.
 */

import {
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  isCancellation,
  patched,
  TemporalFailure,
  workflowInfo,
} from '@temporalio/workflow'

import type { LaunchEnd, LaunchLeft, LaunchStep } from '../../activities/launch/contract.js'
import { launchMutations, launchReads, launchStore, launchUploads, launchVideos } from '../base/activity-options.js'
import type { LaunchInput, LaunchResult } from '../base/contracts.js'
import { summarise } from '../base/failure.js'
import { sentences } from '../base/join-sentences.js'
import { setAction, setVerdict, type Verdict } from '../base/search-attributes.js'
import { applyPrepared } from '../change/apply-prepared.js'
import { startMessage } from '../message/start-message.js'
import { LaunchTable } from './launch-table.js'

/** Why the launch ended before everything was done. */
interface Ending {
  readonly end: 'refused' | 'failed' | 'stopped'
  /** A sentence, with or without its full stop. */
  readonly why: string
}

const VERDICTS: Readonly<Record<LaunchEnd, Verdict>> = {
  done: 'carried-out',
  refused: 'refused',
  failed: 'failed',
  stopped: 'stopped',
  'rolled-back': 'failed',
}

/** Whether a rule's carry-out started it. `patched`, because earlier versions did not notify owners if a rule's launch was refused. */
const isOfRule = (): boolean => workflowInfo().parent !== undefined && patched('owners-hear-of-refused-launches')

/**
 * @throws ApplicationFailure `LaunchFailed` after everything was recorded and the owner notified, so that the run shows as failed
 *   in Temporal's list
 * @throws CancelledFailure if it was cancelled, after the same
 */
export const launch = (input: LaunchInput): Promise<LaunchResult> => new Launch(input).run()

class Launch {
  readonly #key: string
  readonly #of: { readonly account: string; readonly run: string }
  /** Counts for the note at the end. */
  readonly #done = { made: 0, changed: 0, published: 0 }
  /** Null until the run has a plan to apply. */
  #table: LaunchTable | null = null
  #rollback = false

  constructor({ account, launch: key, run }: LaunchInput) {
    this.#key = key
    this.#of = { account, run }
  }

  async run(): Promise<LaunchResult> {
    setAction('launch')
    try {
      const planned = await launchReads.planLaunch.executeWithOptions({ summary: `Plan of ${this.#key}` }, [this.#of])
      if ('stopped' in planned) return await this.#end({ end: 'stopped', why: planned.stopped })
      if (planned.kind === 'refused') return await this.#end({ end: 'refused', why: planned.note })
      if (planned.isPlanOnly) return await this.#keepPlan(planned.title)
      this.#rollback = planned.rollback
      this.#table = new LaunchTable(planned.title, planned.steps)
      await this.#make(planned.steps, this.#table)
      const ending = planned.publishes === 0 ? null : await this.#publish()
      if (ending !== null) return await this.#end(ending)
      return await this.#finish()
    } catch (error) {
      if (!(error instanceof TemporalFailure) || isOwnFailure(error)) throw error
      if (isCancellation(error)) {
        await this.#end({ end: 'stopped', why: 'It was cancelled' })
        throw error
      }
      const { type, message } = summarise(error)
      return await this.#end({ end: type === 'stopped' ? 'stopped' : 'failed', why: message })
    }
  }

  /** Takes the steps in the order of the plan, in which each object needs only those before it. */
  async #make(steps: readonly LaunchStep[], table: LaunchTable): Promise<void> {
    for (const [index, step] of steps.entries()) {
      // A step that has begun at Meta is completed; a cancellation takes effect between steps.
      checkCancelled()
      table.begin(index)
      try {
        table.end(index, await this.#take(step))
      } catch (error) {
        if (!isCancellation(error)) table.end(index, summarise(error).message)
        throw error
      }
    }
  }

  async #take(step: LaunchStep): Promise<string> {
    const summary = { summary: step.title }
    const object = { ...this.#of, key: step.key }
    if (step.kind === 'image' || step.kind === 'video') {
      const { id } = await launchUploads.uploadLaunchMedia.executeWithOptions(summary, [object])
      if (step.kind === 'video') {
        await launchVideos.awaitLaunchVideo.executeWithOptions({ summary: `Meta’s work on ${step.key}` }, [object])
      }
      return id
    }
    if (step.action === 'update') {
      const { id } = await completed(() => launchMutations.updateLaunchObject.executeWithOptions(summary, [object]))
      this.#done.changed += 1
      return `${id}, changed`
    }
    const { id } = await completed(() => launchMutations.createLaunchObject.executeWithOptions(summary, [object]))
    this.#done.made += 1
    return `${id}, paused`
  }

  /** Sets everything active, the campaign last. Returns why that was not completed; null if it was. */
  async #publish(): Promise<Ending | null> {
    const options = { summary: 'Read everything back, check the guardrails' }
    const prepared = await launchReads.preparePublish.executeWithOptions(options, [this.#of])
    if ('stopped' in prepared) return { end: 'stopped', why: prepared.stopped }
    if (prepared.kind === 'refused') return { end: 'refused', why: prepared.note }
    for (const { mutation, summary } of prepared.changes) {
      checkCancelled()
      const applied = await completed(() => applyPrepared(this.#of.account, mutation, summary))
      if (applied.kind !== 'applied') return { end: 'failed', why: `${summary}: ${applied.failed}` }
      this.#done.published += 1
    }
    return null
  }

  /** Ends a run that only plans. */
  async #keepPlan(title: string): Promise<LaunchResult> {
    await launchStore.settleLaunch.executeWithOptions({ summary: title }, [{ ...this.#of, end: 'done', note: title }])
    setVerdict('quiet')
    return { end: 'planned', note: title }
  }

  async #finish(): Promise<LaunchResult> {
    const note = sentences([this.#summary()])
    await completed(() => this.#settle('done', note))
    return { end: 'done', note }
  }

  /** Pauses or deletes what was created, records the end and notifies the owner. A cancellation does not interrupt this. */
  #end(ending: Ending): Promise<LaunchResult> {
    return completed(async () => {
      const { made, changed } = this.#done
      const { unsure, overtaken } = await this.#pauseAgain()
      const isMade = made > 0 || this.#done.published > 0 || ending.end !== 'refused'
      const rolledBack = this.#rollback && isMade ? await this.#rollBack() : null
      const isEmpty = rolledBack?.isWhole === true || this.#table === null
      const left = unsure.length > 0 ? 'unsure' : isEmpty ? 'nothing' : overtaken.length > 0 ? 'changed-since' : 'paused'
      const state: LaunchEnd = rolledBack?.isWhole === true ? 'rolled-back' : ending.end
      const pieces = [ending.why, ...(made + changed > 0 ? [this.#summary()] : []), ...(rolledBack?.notes ?? [])]
      if (overtaken.length > 0) pieces.push(`Not paused again, because it was changed since: ${overtaken.join('; ')}`)
      if (unsure.length > 0) pieces.push(`Something may be active that should be paused: ${unsure.join('; ')}`)
      const note = sentences(pieces)
      await this.#settle(state, note)
      // The person who started the launch sees the refusal there. If a rule started it, nobody would see it without a message.
      const isSeen = ending.end === 'refused' && this.#table === null && !isOfRule()
      if (!isSeen) await this.#notify(state, left)
      if (ending.end === 'failed') throw ApplicationFailure.nonRetryable(note, 'LaunchFailed')
      return { end: ending.end, note }
    })
  }

  /**
   * Pauses what this run set active.
   *
   * @returns a sentence for each object that was not paused: `unsure` if it may still be active, `overtaken` if somebody changed its
   *   status after the launch had set it
   */
  async #pauseAgain(): Promise<{ readonly unsure: readonly string[]; readonly overtaken: readonly string[] }> {
    const unsure: string[] = []
    const overtaken: string[] = []
    if (this.#table === null) return { unsure, overtaken }
    try {
      const options = { summary: 'Prepare pausing it again' }
      const { changes } = await launchReads.prepareRepause.executeWithOptions(options, [this.#of])
      for (const { mutation, summary } of changes) {
        const applied = await applyPrepared(this.#of.account, mutation, summary)
        if (applied.kind === 'applied') this.#done.published -= 1
        else (applied.kind === 'superseded' ? overtaken : unsure).push(`${summary}: ${applied.failed}`)
      }
    } catch (error) {
      unsure.push(summarise(error).message)
    }
    return { unsure, overtaken }
  }

  /** Deletes what this run created, in reverse order. If an object cannot be deleted, its key is in `notes`, and the rest is still deleted. */
  async #rollBack(): Promise<{ readonly isWhole: boolean; readonly notes: readonly string[] }> {
    if (this.#table === null) return { isWhole: false, notes: [] }
    const { keys } = await launchStore.planRollback.executeWithOptions({ summary: 'Plan the rollback' }, [this.#of])
    const left: string[] = []
    let deleted = 0
    for (const object of keys) {
      try {
        const { outcome } = await launchMutations.rollBackLaunchObject.executeWithOptions({ summary: `delete ${object}` }, [
          { ...this.#of, key: object },
        ])
        if (outcome === 'deleted') deleted += 1
        if (outcome === 'in-use') left.push(`${object} is in use and stays`)
      } catch (error) {
        left.push(`${object} could not be deleted: ${summarise(error).message}`)
      }
    }
    return { isWhole: left.length === 0, notes: [`${deleted} deleted again`, ...left] }
  }

  async #settle(state: LaunchEnd, note: string): Promise<void> {
    const options = { summary: `${this.#key}: ${state}` }
    await launchStore.settleLaunch.executeWithOptions(options, [{ ...this.#of, end: state, note }])
    setVerdict(VERDICTS[state])
    this.#table?.show(`**${state}**: ${note}`)
  }

  async #notify(end: LaunchEnd, left: LaunchLeft): Promise<void> {
    const options = { summary: 'Notify the owner' }
    const composed = await launchStore.composeLaunchNotice.executeWithOptions(options, [{ ...this.#of, end, left }])
    if (composed.send !== null) await startMessage(composed.send)
  }

  /** Returns counts: `3 made, 1 changed, 4 set active`. */
  #summary(): string {
    const { made, changed, published } = this.#done
    const parts = [
      ...(made > 0 ? [`${made} made`] : []),
      ...(changed > 0 ? [`${changed} changed`] : []),
      ...(published > 0 ? [`${published} set active`] : []),
    ]
    return parts.length === 0 ? 'Nothing had to be done' : parts.join(', ')
  }
}

/** @throws CancelledFailure */
function checkCancelled(): void {
  if (CancellationScope.current().consideredCancelled) throw new CancelledFailure('The launch was cancelled')
}

/** Runs `work` to its end even if the workflow is cancelled meanwhile. */
const completed = <T>(work: () => Promise<T>): Promise<T> => CancellationScope.nonCancellable(work)

const isOwnFailure = (error: TemporalFailure): boolean => error instanceof ApplicationFailure && error.type === 'LaunchFailed'
