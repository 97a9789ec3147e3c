/** Carries out what a rule decided for one entity: its steps in order, each exactly once, across restarts and waits. */

import {
  ApplicationFailure,
  CancellationScope,
  isCancellation,
  setCurrentDetails,
  TemporalFailure,
  workflowInfo,
} from '@temporalio/workflow'

import type { CarryOutPlan, CarryOutStep, OwnNotice } from '../activities/carry-out/contract.js'
import { stepMutation } from '../engine/change/mutation-id.js'
import type { CarryOutProgress } from '../engine/rule/progress.js'
import { main, preparation } from './base/activity-options.js'
import type { CarryOutInput, CarryOutResult } from './base/contracts.js'
import { summarise } from './base/failure.js'
import { sentences } from './base/join-sentences.js'
import { setAction, setVerdict, type Verdict } from './base/search-attributes.js'
import { applyPrepared } from './change/apply-prepared.js'
import { startMessage } from './message/start-message.js'
import { approve } from './steps/ask.js'
import { CarryOutContext } from './steps/context.js'
import { type Ending, stopped } from './steps/ending.js'
import { StepTable } from './steps/step-table.js'
import { guarded, takeStep } from './steps/take-step.js'

/**
 * @throws ApplicationFailure `CarryOutFailed` after everything was recorded and the owner notified, so that the run shows as
 *   failed in Temporal's list
 * @throws CancelledFailure if it was cancelled in Temporal, after that was recorded and the owner notified
 */
export const carryOut = (input: CarryOutInput): Promise<CarryOutResult> => new CarryOut(input).run()

class CarryOut {
  readonly #context: CarryOutContext
  #onStop: CarryOutPlan['onStop'] = 'leave'
  #isEnding = false

  constructor(private readonly input: CarryOutInput) {
    this.#context = new CarryOutContext(input)
  }

  async run(): Promise<CarryOutResult> {
    try {
      return await this.#takeSteps()
    } catch (error) {
      // However it was ended, the decision must be closed: an open one would keep its rule from firing for this entity again.
      if (this.#isEnding || !(error instanceof TemporalFailure)) throw error
      const notice: OwnNotice = { kind: 'ended-from-outside' }
      if (isCancellation(error)) await this.#end({ progress: 'stopped', note: 'It was cancelled in Temporal', notice })
      else await this.#end({ progress: 'failed', note: error.message, notice })
      throw error
    }
  }

  async #takeSteps(): Promise<CarryOutResult> {
    const plan = await this.#open()
    if ('progress' in plan) return await this.#end(plan)
    const context = this.#context
    const { stop } = context
    stop.learn(plan.stopped)
    this.#onStop = plan.onStop
    context.table = new StepTable(plan.steps, plan.trace)
    if (plan.asks && stop.reason === null) {
      const ending = await guarded(APPROVAL, () => approve(context, 'rule'))
      if (ending !== null) return await this.#end(ending)
    }
    for (const [index, step] of plan.steps.entries()) {
      if (stop.reason !== null) return await this.#end(stopped(stop.reason))
      context.table.begin(index)
      if (step.kind !== 'wait') setAction(step.action)
      const ending = await takeStep(context, step, index)
      if (ending !== null) {
        context.table.end(index, ending.note)
        return await this.#end(ending)
      }
    }
    const note = context.notes.length > 0 ? sentences(context.notes) : 'Done.'
    await this.#finish('done', 'carried-out', note)
    return { progress: 'done', note }
  }

  /** Returns the rule's steps, or how the carry-out ended before the first of them. */
  async #open(): Promise<CarryOutPlan | Ending> {
    const { account, decision } = this.input
    const { workflowId: workflow, runId: run } = workflowInfo()
    try {
      return await main.openCarryOut.executeWithOptions({ summary: `Decision ${decision}` }, [
        { decision, account, workflow, run },
      ])
    } catch (error) {
      const { type, message } = summarise(error)
      // It was started with the wrong account. That must not end the real carry-out of this decision.
      if (type === 'other-account') throw ApplicationFailure.nonRetryable(message, type)
      // `ended-before`: the decision was settled as lost before this run began, and the owner was notified then.
      return { progress: 'failed', note: message, notice: type === 'ended-before' ? null : { kind: 'ended-from-outside' } }
    }
  }

  /** Records how it ended and notifies the owner, even if it is cancelled meanwhile. */
  #end(ending: Ending): Promise<CarryOutResult> {
    this.#isEnding = true
    return CancellationScope.nonCancellable(() => this.#settle(ending))
  }

  async #settle({ progress, note: why, notice }: Ending): Promise<CarryOutResult> {
    const { notes, paused } = this.#context
    const release = progress === 'stopped' && paused ? await this.#releasePause() : null
    const note = sentences([...notes, why, ...(release === null ? [] : [release.note])])
    await this.#finish(progress, progress === 'done' ? 'carried-out' : progress, note)
    const ownNotice: OwnNotice | null =
      notice ?? (progress === 'stopped' ? { kind: 'rule-stopped', pause: release?.pause ?? 'none' } : null)
    if (ownNotice !== null) await this.#notify(ownNotice)
    if (progress === 'failed') throw ApplicationFailure.nonRetryable(note, 'CarryOutFailed')
    return { progress, note }
  }

  /** Releases the pause of a rule that was stopped, if the rule says `on_stop: start`. */
  async #releasePause(): Promise<{ readonly pause: 'let-go' | 'left'; readonly note: string }> {
    const { account, decision } = this.input
    const left = (why: string) => ({ pause: 'left' as const, note: `It stays paused${why}` })
    if (this.#onStop !== 'start') return left('')
    const mutation = stepMutation(decision, 'release')
    try {
      const prepared = await preparation.prepareStep.executeWithOptions({ summary: 'Release its own pause' }, [
        { decision, step: 'release', mutation },
      ])
      if (prepared.kind !== 'change') return left(`: ${prepared.note}`)
      const applied = await applyPrepared(account, mutation, prepared.summary)
      return applied.kind === 'applied' ? { pause: 'let-go', note: 'It was started again' } : left(`: ${applied.failed}`)
    } catch (error) {
      return left(`: ${summarise(error).message}`)
    }
  }

  async #finish(progress: CarryOutProgress, verdict: Verdict, note: string): Promise<void> {
    this.#isEnding = true
    await CancellationScope.nonCancellable(() => this.#context.record(progress, note))
    setVerdict(verdict)
    setCurrentDetails(this.#context.table.text(`**${progress}**: ${note}`))
  }

  async #notify(notice: OwnNotice): Promise<void> {
    const { decision } = this.input
    const composed = await main.composeNotice.executeWithOptions({ summary: 'Notify the owner' }, [{ decision, notice }])
    if (composed.send !== null) await startMessage(composed.send)
  }
}

/** The approval that comes before the first step of a rule in `mode: ask`. */
const APPROVAL: CarryOutStep = { kind: 'ask', action: 'ask', title: 'approval' }
