/** Carries out what a rule decided for one entity: its steps in order, each of them once, through restarts and waits. */

import {
  ApplicationFailure,
  CancellationScope,
  condition,
  isCancellation,
  setCurrentDetails,
  TemporalFailure,
  workflowInfo,
} from '@temporalio/workflow'

import type { AskingStep, CarryOutPlan, CarryOutStep, OwnNotice, Progress } from '../activities/carry-out/contract.js'
import { copyStartMutation, stepMutation } from '../engine/change/mutation-id.js'
import { main, preparation, webhooks } from './activity-options.js'
import { applyPrepared } from './apply-prepared.js'
import { hearApprovals, recheckApproval, waitForApproval } from './approval.js'
import { type Ending, failed, refusalNotice, superseded } from './carry-out-ending.js'
import type { CarryOutInput, CarryOutResult } from './contracts.js'
import { endCarryOuts } from './end-carry-outs.js'
import { summarise } from './failure.js'
import { sentences } from './join-sentences.js'
import { launchForRule } from './launch-for-rule.js'
import { RuleStop } from './rule-stop.js'
import { setAction, setVerdict, type Verdict } from './search-attributes.js'
import { startMessage } from './start-message.js'
import { StepTable } from './step-table.js'
import { syncAccount } from './sync-account.js'

/**
 * @throws ApplicationFailure `CarryOutFailed` after everything was recorded and the owner told, so that the run shows as
 *   failed in Temporal's list
 * @throws CancelledFailure where it was cancelled in Temporal, after that was recorded and the owner told
 */
export async function carryOut(input: CarryOutInput): Promise<CarryOutResult> {
  const { account, decision, rule } = input
  const stop = new RuleStop()
  const answered = hearApprovals()

  const { workflowId, runId } = workflowInfo()
  let onStop: CarryOutPlan['onStop'] = 'leave'
  let table = new StepTable([], '')
  let paused = false
  let isEnding = false
  const notes: string[] = []
  try {
    return await carry()
  } catch (error) {
    // What it leaves must not depend on who ended it: an open decision would hold its rule back for ever.
    if (isEnding || !(error instanceof TemporalFailure)) throw error
    const notice: OwnNotice = { kind: 'ended-from-outside' }
    if (isCancellation(error)) await end({ progress: 'stopped', note: 'It was cancelled in Temporal', notice })
    else await end({ progress: 'failed', note: error.message, notice })
    throw error
  }

  async function carry(): Promise<CarryOutResult> {
    const plan = await open()
    if ('progress' in plan) return await end(plan)
    stop.learn(plan.stopped)
    onStop = plan.onStop
    table = new StepTable(plan.steps, plan.trace)
    if (plan.asks && stop.reason === null) {
      const ending = await guarded(ASKING, () => approve('rule'))
      if (ending !== null) return await end(ending)
    }
    for (const [index, step] of plan.steps.entries()) {
      if (stop.reason !== null) return await end({ progress: 'stopped', note: stop.reason, notice: null })
      table.begin(index)
      if (step.kind !== 'wait') setAction(step.action)
      const ending = await take(step, index)
      if (ending !== null) {
        table.end(index, ending.note)
        return await end(ending)
      }
    }
    const note = notes.length > 0 ? sentences(notes) : 'Done.'
    await finish('done', 'carried-out', note)
    return { progress: 'done', note }
  }

  /** Its steps, or how it ended before them. */
  async function open(): Promise<CarryOutPlan | Ending> {
    try {
      return await main.openCarryOut.executeWithOptions({ summary: `Decision ${decision}` }, [
        { decision, account, workflow: workflowId, run: runId },
      ])
    } catch (error) {
      const { type, message } = summarise(error)
      // Whoever started it with another account than the decision's does not end what is really carried out.
      if (type === 'other-account') throw ApplicationFailure.nonRetryable(message, type)
      // Settled before it began, since nothing was heard of it: the owner was told then.
      return { progress: 'failed', note: message, notice: type === 'ended-before' ? null : { kind: 'ended-from-outside' } }
    }
  }

  /** Takes one step. Null lets the next one begin. */
  function take(step: CarryOutStep, index: number): Promise<Ending | null> {
    return guarded(step, async () => {
      switch (step.kind) {
        case 'change':
          // What was begun at Meta is brought to its end, whoever cancels: an unknown outcome helps nobody.
          return await CancellationScope.nonCancellable(() => change(step, index))
        case 'check':
          return await check(step, index)
        case 'ask': {
          const ending = await approve(index)
          if (ending === null) table.end(index, 'approved')
          return ending
        }
        case 'webhook': {
          const called = await stop.unlessStopped(() =>
            webhooks.callWebhook.executeWithOptions({ summary: step.title }, [{ decision, step: index }]),
          )
          if ('stopped' in called) return { progress: 'stopped', note: called.stopped, notice: null }
          notes.push(`${step.title} answered ${called.status}`)
          table.end(index, `answered ${called.status}`)
          return null
        }
        case 'launch': {
          const launched = await stop.unlessStopped(() => launchForRule({ decision, rule, step: index, title: step.title }))
          if ('stopped' in launched) return { progress: 'stopped', note: launched.stopped, notice: null }
          if (launched.kind === 'refused') {
            const refused = { ...launched, tellOwner: false }
            return { progress: 'refused', note: launched.note, notice: refusalNotice(step, refused, paused) }
          }
          // Its owner was told by the launch itself, which knows what it left.
          if (launched.kind === 'failed') return { ...failed(step, launched.note), notice: null }
          notes.push(`${step.title}: ${launched.note}`)
          table.end(index, launched.note)
          return null
        }
        case 'message': {
          const composed = await main.composeMessage.executeWithOptions({ summary: step.title }, [{ decision, step: index }])
          if ('stopped' in composed) return { progress: 'stopped', note: composed.stopped, notice: null }
          if (composed.send !== null) await startMessage(composed.send)
          table.end(index, composed.send === null ? composed.note : 'on its way')
          return null
        }
        case 'wait': {
          const from = Date.now()
          const wait = await main.planWait.executeWithOptions({ summary: step.title }, [{ decision, step: index, from }])
          setVerdict('waiting')
          await condition(() => stop.reason !== null, wait.duration, { summary: wait.title })
          if (stop.reason === null) await record('running', `${wait.title}: over.`)
          table.end(index, stop.reason === null ? 'over' : 'cut short')
          return null
        }
      }
    })
  }

  /** A step whose activity failed for good ends the carrying out. */
  async function guarded(step: CarryOutStep, work: () => Promise<Ending | null>): Promise<Ending | null> {
    try {
      return await work()
    } catch (error) {
      return failed(step, summarise(error).message)
    }
  }

  /** Goes on only if the condition is true now, on data that was read for it. */
  async function check(step: CarryOutStep, index: number): Promise<Ending | null> {
    await readForNow()
    const { truth, note } = await main.evaluateCheck.executeWithOptions({ summary: step.title }, [{ decision, step: index }])
    table.end(index, note)
    if (truth === 'true') return null
    return { progress: 'done', note: `It ended at its check: ${note}`, notice: null }
  }

  /** What cannot be read is unknown, or as old as it is: the condition says so itself. */
  async function readForNow(): Promise<void> {
    const { insights } = await main.planCheck.executeWithOptions({ summary: 'What is to be read first' }, [{ decision }])
    await syncAccount(account, insights)
  }

  /** Goes on only with somebody's word, and if what is approved is still what was asked. */
  async function approve(step: AskingStep): Promise<Ending | null> {
    const answer = await waitForApproval({ decision, step }, answered, stop)
    if (!('approval' in answer)) return answer
    notes.push(answer.note)
    await record('running', `${answer.note}.`)
    await readForNow()
    return await recheckApproval(decision, answer.approval)
  }

  /** @param copy the ledger's row of a copy that the step made and now starts */
  async function change(step: CarryOutStep, index: number, copy?: string): Promise<Ending | null> {
    // By the decision and not by the run: whoever resets this in Temporal must not raise a budget a second time.
    const mutation = copy === undefined ? stepMutation(decision, index) : copyStartMutation(copy)
    const prepared = await preparation.prepareStep.executeWithOptions({ summary: `Guardrails before: ${step.title}` }, [
      { decision, step: index, mutation, ...(copy === undefined ? {} : { copy }) },
    ])
    switch (prepared.kind) {
      case 'nothing':
        notes.push(prepared.note)
        table.end(index, prepared.note)
        return null
      case 'refused':
        return { progress: 'refused', note: prepared.note, notice: refusalNotice(step, prepared, paused) }
      case 'stopped':
        return { progress: 'stopped', note: prepared.note, notice: null }
      case 'change': {
        const applied = await applyPrepared(account, mutation, prepared.summary)
        if ('failed' in applied && applied.stopped) return { progress: 'stopped', note: applied.failed, notice: null }
        if ('failed' in applied)
          return applied.superseded ? superseded(step, applied.failed, paused) : failed(step, applied.failed)
        paused = step.action === 'pause' ? true : step.action === 'start' ? false : paused
        notes.push(prepared.done)
        table.end(index, prepared.done)
        // The copy stands and is paused; setting it going is a change of its own, with its own guardrails.
        return step.activates === true && copy === undefined ? await change(step, index, mutation) : null
      }
    }
  }

  /** Whoever cancels it now: how it ended is recorded and told. */
  function end(ending: Ending): Promise<CarryOutResult> {
    isEnding = true
    return CancellationScope.nonCancellable(() => settle(ending))
  }

  async function settle({ progress, note: why, notice }: Ending): Promise<CarryOutResult> {
    const release = progress === 'stopped' && paused ? await letGo() : null
    const note = sentences([...notes, why, ...(release === null ? [] : [release.note])])
    await finish(progress, progress === 'done' ? 'carried-out' : progress, note)
    const told: OwnNotice | null =
      notice ?? (progress === 'stopped' ? { kind: 'rule-stopped', pause: release?.pause ?? 'none' } : null)
    if (told !== null) await tell(told)
    if (progress === 'failed') throw ApplicationFailure.nonRetryable(note, 'CarryOutFailed')
    return { progress, note }
  }

  /** Lets go of the pause of a rule that was stopped, if the rule says so. */
  async function letGo(): Promise<{ readonly pause: 'let-go' | 'left'; readonly note: string }> {
    const left = (why: string) => ({ pause: 'left' as const, note: `It stays paused${why}` })
    if (onStop !== 'start') return left('')
    const mutation = stepMutation(decision, 'release')
    try {
      const prepared = await preparation.prepareStep.executeWithOptions({ summary: 'Let go of its own pause' }, [
        { decision, step: 'release', mutation },
      ])
      if (prepared.kind !== 'change') return left(`: ${prepared.note}`)
      const applied = await applyPrepared(account, mutation, prepared.summary)
      return 'failed' in applied ? left(`: ${applied.failed}`) : { pause: 'let-go', note: 'It was started again' }
    } catch (error) {
      return left(`: ${summarise(error).message}`)
    }
  }

  async function finish(progress: Progress, verdict: Verdict, note: string): Promise<void> {
    isEnding = true
    await CancellationScope.nonCancellable(() => record(progress, note))
    setVerdict(verdict)
    setCurrentDetails(table.text(`**${progress}**: ${note}`))
  }

  async function record(progress: Progress, note: string): Promise<void> {
    const options = { summary: `Decision ${decision}: ${progress}` }
    const recorded = await main.recordProgress.executeWithOptions(options, [{ decision, progress, note }])
    if (recorded?.notice) await startMessage(recorded.notice)
    if (recorded?.ends !== undefined) await endCarryOuts(recorded.ends)
  }

  async function tell(notice: OwnNotice): Promise<void> {
    const composed = await main.composeNotice.executeWithOptions({ summary: 'Tell the owner' }, [{ decision, notice }])
    if (composed.send !== null) await startMessage(composed.send)
  }
}

/** Of the question that stands before a rule's steps. */
const ASKING: CarryOutStep = { kind: 'ask', action: 'ask', title: 'approval' }
