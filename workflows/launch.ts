/**
 * Applies a launch spec: media are uploaded, the campaign, ad sets, creatives and ads made paused one by one and read back,
 * and only when all of it stands is it set active, the campaign last. What cannot be finished is left paused and said, or
 * deleted again where the run was told to.
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

import type { LaunchEnd, LaunchLeft, LaunchStep, PlannedLaunch } from '../activities/launch/contract.js'
import { launchMutations, launchReads, launchStore, launchUploads, launchVideos } from './activity-options.js'
import { applyPrepared } from './apply-prepared.js'
import type { LaunchInput, LaunchResult } from './contracts.js'
import { summarise } from './failure.js'
import { sentences } from './join-sentences.js'
import { LaunchTable } from './launch-table.js'
import { setAction, setVerdict, type Verdict } from './search-attributes.js'
import { startMessage } from './start-message.js'

type Plan = Extract<PlannedLaunch, { kind: 'plan' }>

/** How it ended before all was done. */
interface Ending {
  readonly end: 'refused' | 'failed' | 'stopped'
  /** A sentence without its full stop, or with it. */
  readonly why: string
}

/** What was done, for the note at the end. */
interface Done {
  made: number
  changed: number
  published: number
}

const VERDICTS: Readonly<Record<LaunchEnd, Verdict>> = {
  done: 'carried-out',
  refused: 'refused',
  failed: 'failed',
  stopped: 'stopped',
  'rolled-back': 'failed',
}

/** Whether a carry-out started it. Owners did not hear of refused launches of rules in histories of an earlier tetik. */
const isOfRule = (): boolean => workflowInfo().parent !== undefined && patched('owners-hear-of-refused-launches')

/**
 * @throws ApplicationFailure `LaunchFailed` after everything was recorded and the owner told, so that the run shows as failed
 *   in Temporal's list
 * @throws CancelledFailure where it was cancelled, after the same
 */
export async function launch({ account, launch: key, run }: LaunchInput): Promise<LaunchResult> {
  const of = { account, run }
  const done: Done = { made: 0, changed: 0, published: 0 }
  let table: LaunchTable | null = null
  let rollback = false
  setAction('launch')
  try {
    const planned = await launchReads.planLaunch.executeWithOptions({ summary: `What is to be done of ${key}` }, [of])
    if ('stopped' in planned) return await end({ end: 'stopped', why: planned.stopped })
    if (planned.kind === 'refused') return await end({ end: 'refused', why: planned.note })
    if (planned.isPlanOnly) return await looked(planned)
    rollback = planned.rollback
    table = new LaunchTable(planned.title, planned.steps)
    await make(planned.steps, table)
    const ending = planned.publishes === 0 ? null : await publish()
    if (ending !== null) return await end(ending)
    return await finish()
  } catch (error) {
    if (!(error instanceof TemporalFailure) || isEnd(error)) throw error
    if (isCancellation(error)) {
      await end({ end: 'stopped', why: 'It was cancelled' })
      throw error
    }
    const { type, message } = summarise(error)
    return await end({ end: type === 'stopped' ? 'stopped' : 'failed', why: message })
  }

  /** In the order of the plan: each can be made from what stands by then. */
  async function make(steps: readonly LaunchStep[], table: LaunchTable): Promise<void> {
    for (const [index, step] of steps.entries()) {
      // What was begun at Meta is brought to its end, whoever cancels; here is where a cancellation takes effect.
      checkCancelled()
      table.begin(index)
      try {
        table.end(index, await take(step))
      } catch (error) {
        if (!isCancellation(error)) table.end(index, summarise(error).message)
        throw error
      }
    }
  }

  async function take(step: LaunchStep): Promise<string> {
    const summary = { summary: step.title }
    const object = { ...of, key: step.key }
    if (step.kind === 'image' || step.kind === 'video') {
      const { id } = await launchUploads.uploadLaunchMedia.executeWithOptions(summary, [object])
      if (step.kind === 'video') {
        await launchVideos.awaitLaunchVideo.executeWithOptions({ summary: `Meta’s work on ${step.key}` }, [object])
      }
      return id
    }
    if (step.action === 'update') {
      const { id } = await once(() => launchMutations.updateLaunchObject.executeWithOptions(summary, [object]))
      done.changed += 1
      return `${id}, changed`
    }
    const { id } = await once(() => launchMutations.createLaunchObject.executeWithOptions(summary, [object]))
    done.made += 1
    return `${id}, paused`
  }

  /** Sets all of it active, the campaign last. Null where that was done. */
  async function publish(): Promise<Ending | null> {
    const prepared = await launchReads.preparePublish.executeWithOptions({ summary: 'Read all of it back, ask the guardrails' }, [
      of,
    ])
    if ('stopped' in prepared) return { end: 'stopped', why: prepared.stopped }
    if (prepared.kind === 'refused') return { end: 'refused', why: prepared.note }
    for (const { mutation, summary } of prepared.changes) {
      checkCancelled()
      const applied = await once(() => applyPrepared(account, mutation, summary))
      if ('failed' in applied) return { end: 'failed', why: `${summary}: ${applied.failed}` }
      done.published += 1
    }
    return null
  }

  async function looked({ title }: Plan): Promise<LaunchResult> {
    await launchStore.settleLaunch.executeWithOptions({ summary: title }, [{ ...of, end: 'done', note: title }])
    setVerdict('quiet')
    return { end: 'planned', note: title }
  }

  async function finish(): Promise<LaunchResult> {
    const note = sentences([whatWasDone()])
    await once(() => settle('done', note))
    return { end: 'done', note }
  }

  /** Whoever cancels it now: all is paused or taken back, recorded and told. */
  function end(ending: Ending): Promise<LaunchResult> {
    return once(async () => {
      const paused = await pauseAgain()
      const isMade = done.made > 0 || done.published > 0 || ending.end !== 'refused'
      const rolledBack = rollback && isMade ? await rollBack() : null
      const left: LaunchLeft = !paused ? 'unsure' : rolledBack?.isWhole === true || table === null ? 'nothing' : 'paused'
      const state: LaunchEnd = rolledBack?.isWhole === true ? 'rolled-back' : ending.end
      const pieces = [ending.why, ...(done.made + done.changed > 0 ? [whatWasDone()] : []), ...(rolledBack?.notes ?? [])]
      if (!paused) pieces.push('Something may be active that should be paused')
      const note = sentences(pieces)
      await settle(state, note)
      // Why a launch was refused before anything was made a person reads where they asked for it; of a rule's nobody does.
      const isRead = ending.end === 'refused' && table === null && !isOfRule()
      if (!isRead) await tell(state, left)
      if (ending.end === 'failed') throw ApplicationFailure.nonRetryable(note, 'LaunchFailed')
      return { end: ending.end, note }
    })
  }

  /** @returns false where something may be active all the same */
  async function pauseAgain(): Promise<boolean> {
    if (table === null) return true
    let isPaused = true
    try {
      const { changes } = await launchReads.prepareRepause.executeWithOptions({ summary: 'What is to be paused again' }, [of])
      for (const { mutation, summary } of changes) {
        const applied = await applyPrepared(account, mutation, summary)
        if ('failed' in applied) isPaused = false
        else done.published -= 1
      }
    } catch (error) {
      summarise(error)
      isPaused = false
    }
    return isPaused
  }

  /** Deletes what this run made, the last first; what cannot be deleted is said, and the rest is deleted all the same. */
  async function rollBack(): Promise<{ readonly isWhole: boolean; readonly notes: readonly string[] }> {
    if (table === null) return { isWhole: false, notes: [] }
    const { keys } = await launchStore.planRollback.executeWithOptions({ summary: 'What is to be deleted again' }, [of])
    const left: string[] = []
    let deleted = 0
    for (const object of keys) {
      try {
        const { outcome } = await launchMutations.rollBackLaunchObject.executeWithOptions({ summary: `delete ${object}` }, [
          { ...of, key: object },
        ])
        if (outcome === 'deleted') deleted += 1
        if (outcome === 'in-use') left.push(`${object} is in use and stays`)
      } catch (error) {
        left.push(`${object} could not be deleted: ${summarise(error).message}`)
      }
    }
    return { isWhole: left.length === 0, notes: [`${deleted} deleted again`, ...left] }
  }

  async function settle(state: LaunchEnd, note: string): Promise<void> {
    await launchStore.settleLaunch.executeWithOptions({ summary: `${key}: ${state}` }, [{ ...of, end: state, note }])
    setVerdict(VERDICTS[state])
    table?.show(`**${state}**: ${note}`)
  }

  async function tell(end: LaunchEnd, left: LaunchLeft): Promise<void> {
    const options = { summary: 'Tell the owner' }
    const composed = await launchStore.composeLaunchNotice.executeWithOptions(options, [{ ...of, end, left }])
    if (composed.send !== null) await startMessage(composed.send)
  }

  function whatWasDone(): string {
    const parts = [
      ...(done.made > 0 ? [`${done.made} made`] : []),
      ...(done.changed > 0 ? [`${done.changed} changed`] : []),
      ...(done.published > 0 ? [`${done.published} set active`] : []),
    ]
    return parts.length === 0 ? 'Nothing was to be done' : parts.join(', ')
  }
}

/** @throws CancelledFailure */
function checkCancelled(): void {
  if (CancellationScope.current().consideredCancelled) throw new CancelledFailure('The launch was cancelled')
}

/** Brought to its end, whoever cancels meanwhile. */
const once = <T>(work: () => Promise<T>): Promise<T> => CancellationScope.nonCancellable(work)

const isEnd = (error: TemporalFailure): boolean => error instanceof ApplicationFailure && error.type === 'LaunchFailed'
