/** Computes what the rules of a test decide at each of its times, with the real evaluation and the real states. */

import { evaluateExpression } from '../expression/evaluate/evaluate.js'
import type { FactEntity, Facts } from '../facts/facts.js'
import { messagePart, renderMessage, standardMessage } from '../message/message.js'
import { makeReport } from '../report/make-report.js'
import { reportText } from '../report/report-text.js'
import type { OutcomeOrNone, TraceLeaf } from '../rule/decision.js'
import { evaluateRule, judgeCondition, type PreparedRule, prepareRule, selectionOf } from '../rule/evaluate/evaluate.js'
import type { Rule, StepName } from '../rule/rule.js'
import type { ClaimTarget } from '../rule/state/claim.js'
import type { Decision } from '../rule/state/tick.js'
import { stepName } from '../rule/steps/steps.js'
import { type RuleVerdicts, Simulation } from '../simulation/simulation.js'
import { VERDICT, type Verdict, verdictOf } from '../simulation/verdict.js'
import { factsAt } from './moment-facts.js'
import type { RuleTest } from './rule-test.js'

/** The outcome of one rule and entity at one moment. `trace` has the leaves also where `where` leaves the entity out. */
export interface TestDecision extends Pick<Decision, 'entity' | 'because' | 'note' | 'trace'> {
  readonly rule: Rule
  /** Epoch milliseconds. */
  readonly at: number
  /** `none`: `where` excludes the entity, or the rule has `on:` and there was no event. */
  readonly outcome: OutcomeOrNone
  /** Names of all steps of `then`, at a firing; else empty. */
  readonly steps: readonly StepName[]
  /** Texts that would be sent, each in its recipient's language. */
  readonly messages: readonly string[]
  /** Leaves of `clear`. */
  readonly clearTrace: readonly TraceLeaf[]
}

/** Returns all decisions of a test, ordered by time, rule and entity. */
export async function decisionsOf(test: RuleTest): Promise<TestDecision[]> {
  const first = factsAt(test, test.times[0] ?? 0)
  const prepared = test.rules.map(prepareRule)
  const roster = test.rules.map((rule) => first.entities(rule.scope))
  const simulation = new Simulation(
    test.rules.map((rule, index) => ({
      rule,
      entities: roster[index]!,
      budgetOwners: roster[index]!.map((entity) => budgetOwner(entity, first)),
    })),
    test.account.timezone,
  )
  const decisions: TestDecision[] = []
  for (const at of test.times) {
    const facts = factsAt(test, at)
    const judged: TracedVerdicts[] = []
    for (const [index, rule] of test.rules.entries()) {
      if (rule.cadence.kind === 'hook' && test.payload === undefined) continue
      judged.push(await judge(index, prepared[index]!, facts, roster[index]!))
    }
    const decided = new Map(simulation.step(at, judged).map((one) => [`${one.input.place.rule} ${one.input.place.entity}`, one]))
    for (const [index, rule] of test.rules.entries()) {
      const own = judged.find((one) => one.rule === index)
      for (const [place, entity] of roster[index]!.entries()) {
        const decision = decided.get(`${index} ${place}`)
        const found = outcomeOf(own?.verdicts[place], decision)
        decisions.push({
          rule,
          entity,
          at,
          ...found,
          steps: found.outcome === 'fire' ? rule.then.map(stepName) : [],
          messages: decision === undefined ? [] : await messagesOf(test, prepared[index]!, decision, facts, entity),
          trace: own?.traces[place] ?? [],
          clearTrace: own?.clearTraces[place] ?? [],
        })
      }
    }
  }
  return decisions
}

interface TracedVerdicts extends RuleVerdicts {
  readonly verdicts: readonly Verdict[]
  readonly traces: readonly (readonly TraceLeaf[])[]
  readonly clearTraces: readonly (readonly TraceLeaf[])[]
}

async function judge(
  index: number,
  prepared: PreparedRule,
  facts: Facts,
  entities: readonly FactEntity[],
): Promise<TracedVerdicts> {
  const found = new Map((await evaluateRule(prepared, facts)).map((one) => [one.entity.key, one]))
  const selection = prepared.asksSelection ? await selectionOf(prepared, facts) : null
  const { where, when, clear } = prepared
  const verdicts: Verdict[] = []
  const clears: Verdict[] = []
  const wanted: Verdict[] = []
  const traces: (readonly TraceLeaf[])[] = []
  const clearTraces: (readonly TraceLeaf[])[] = []
  for (const entity of entities) {
    const own = found.get(entity.key)
    const outcome = own?.outcome
    verdicts.push(outcome === undefined ? VERDICT.leftOut : verdictOf(outcome === 'unknown' ? null : outcome === 'fire'))
    traces.push(own?.trace ?? (where === null ? [] : (await judgeCondition(where, facts, entity)).trace))
    // `priority` needs to know whether the rule still wants the change, even if `where` excludes the entity.
    const isLeftOut = own === undefined && when !== null
    wanted.push(isLeftOut ? verdictOf((await judgeCondition(when, facts, entity, selection)).truth) : VERDICT.true)
    clears.push(verdictOf(own?.clear ?? null))
    clearTraces.push(clear === null || own === undefined ? [] : (await judgeCondition(clear, facts, entity, selection)).trace)
  }
  return { rule: index, verdicts, clear: clear === null ? null : clears, wanted, traces, clearTraces }
}

function outcomeOf(
  verdict: Verdict | undefined,
  decision: Decision | undefined,
): Pick<TestDecision, 'outcome' | 'because' | 'note'> {
  if (decision !== undefined) return { outcome: decision.outcome, because: decision.because, note: decision.note }
  if (verdict === VERDICT.false) return { outcome: 'hold', because: 'when', note: null }
  return { outcome: verdict === VERDICT.unknown ? 'unknown' : 'none', because: null, note: null }
}

async function messagesOf(
  { languageOf, account }: RuleTest,
  prepared: PreparedRule,
  { outcome, announce, resolved }: Decision,
  facts: Facts,
  entity: FactEntity,
): Promise<string[]> {
  const { rule } = prepared
  const messages = rule.then.filter((step) => step.kind === 'whatsapp')
  if (resolved) {
    const name = entity.name ?? entity.key
    const recipients = [...new Set(messages.map(({ to }) => to))]
    return recipients.map((to) => standardMessage({ kind: 'resolved', rule: rule.id, entity: name }, languageOf(to)))
  }
  if (outcome !== 'fire') return []
  const selection = await selectionOf(prepared, facts)
  return rule.then.flatMap((step) => {
    if (step.kind === 'report') {
      const report = makeReport({ period: step.period, facts, activity: null, data: null })
      return [reportText(report, languageOf(step.to))]
    }
    // Every firing asks for approval, but a message is not repeated while the condition stays true.
    if (step.kind !== 'ask' && (step.kind !== 'whatsapp' || !announce)) return []
    const parts = step.text.map((part) =>
      messagePart(part, facts, (expression) => evaluateExpression(expression, facts, entity, selection)),
    )
    return [renderMessage(parts, { language: languageOf(step.to), currency: account.currency })]
  })
}

/** Returns the campaign or ad set that has the entity's budget; null if it is the entity itself. */
function budgetOwner(entity: FactEntity, facts: Facts): ClaimTarget | null {
  const campaign = facts.owner(entity, 'campaign')
  if (campaign !== null && facts.attribute(entity, 'budget_level') === 'campaign') return { scope: 'campaign', key: campaign.key }
  const adset = facts.owner(entity, 'adset')
  return adset === null ? null : { scope: 'adset', key: adset.key }
}
