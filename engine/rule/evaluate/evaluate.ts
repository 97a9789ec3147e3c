/** Evaluates a rule on the entities of an account at one time. It decides nothing: `for`, `cooldown` and the like come later. */

import type { Selection } from '../../expression/evaluate/selection.js'
import type { FactEntity, Facts } from '../../facts/facts.js'
import type { WindowRange } from '../../metric/window.js'
import type { Truth } from '../../value/value.js'
import type { Evaluation, Outcome, TraceLeaf } from '../decision.js'
import type { Condition, Rule } from '../rule.js'
import { expressionsOfCondition } from '../walk.js'
import { type Judgement, PreparedCondition } from './condition.js'
import { notesOf } from './trace-notes.js'
import { frameOf, type LeafFrame, traceLeaf } from './trace.js'

/** A rule prepared for repeated evaluation; keep it as long as the rule's version is loaded. */
export interface PreparedRule {
  readonly rule: Rule
  /** Whether `when` or `clear` uses an aggregate of all selected entities, such as `count()`. */
  readonly asksSelection: boolean
  readonly where: PreparedCondition | null
  readonly when: PreparedCondition | null
  readonly clear: PreparedCondition | null
}

export function prepareRule(rule: Rule): PreparedRule {
  const prepare = (condition: Condition | null) => (condition === null ? null : new PreparedCondition(condition))
  const asks = (condition: Condition | null) => [...expressionsOfCondition(condition)].some(({ kind }) => kind === 'aggregate')
  return {
    rule,
    asksSelection: asks(rule.when) || asks(rule.clear),
    where: prepare(rule.where),
    when: prepare(rule.when),
    clear: prepare(rule.clear),
  }
}

/**
 * Returns an evaluation for each entity of the rule's scope that `where` selects, in the facts' order. An entity for which
 * `where` is false is left out. If `where` is unknown, the outcome is `unknown` and `when` is not evaluated.
 *
 * The outcome is `fire` if `when` is true or absent, `hold` because of `when` if it is false, else `unknown`.
 *
 * @param only the entities to evaluate; absent for all
 */
export async function evaluateRule(prepared: PreparedRule, facts: Facts, only?: readonly FactEntity[]): Promise<Evaluation[]> {
  const entities = only ?? facts.entities(prepared.rule.scope)
  const selection = prepared.asksSelection ? await selectionOf(prepared, facts) : null
  const where = atMoment(prepared.where, facts, null)
  const when = atMoment(prepared.when, facts, selection)
  const clear = atMoment(prepared.clear, facts, selection)
  const { id: rule, version } = prepared.rule
  const evaluations: Evaluation[] = []
  for (const entity of entities) {
    // Only the first entity with a new combination of truths has to wait for json-rules-engine.
    const selected = where?.judge(entity) ?? TRUE
    const asked = where?.confirm(selected) ?? null
    if (asked !== null) await asked
    if (selected.truth === false) continue
    const met = selected.truth === null ? UNKNOWN : (when?.judge(entity) ?? TRUE)
    const askedWhen = when === null || met === UNKNOWN ? null : when.confirm(met)
    if (askedWhen !== null) await askedWhen
    const cleared = clear?.judge(entity) ?? UNKNOWN
    const askedClear = clear?.confirm(cleared) ?? null
    if (askedClear !== null) await askedClear
    const outcome = outcomeOf(met.truth)
    // `when` comes first, because it is what the rule is about; `where` explains little.
    const trace: TraceLeaf[] = []
    when?.trace(met, entity, trace)
    where?.trace(selected, entity, trace)
    const because = outcome === 'hold' ? 'when' : null
    evaluations.push({ rule, version, entity, outcome, because, trace, clear: cleared.truth })
  }
  return evaluations
}

/**
 * Returns what `where` selects among the entities of the rule's scope, for aggregates such as `count()` in conditions and
 * messages.
 */
export async function selectionOf({ rule, where }: PreparedRule, facts: Facts): Promise<Selection> {
  const entities = facts.entities(rule.scope)
  if (where === null) return { selected: entities, doubtful: [] }
  const ranges = where.rangesAt(facts)
  const selected: FactEntity[] = []
  const doubtful: FactEntity[] = []
  for (const entity of entities) {
    const judgement = where.judge({ facts, entity, ranges, selection: null })
    const asked = where.confirm(judgement)
    if (asked !== null) await asked
    const { truth } = judgement
    if (truth !== false) (truth ? selected : doubtful).push(entity)
  }
  return { selected, doubtful }
}

/**
 * Returns the value of `when` for each of these entities, by the entity's key, including those that `where` does not select. It
 * is unknown if `where` is unknown.
 */
export async function judgeWanted(
  prepared: PreparedRule,
  facts: Facts,
  entities: readonly FactEntity[],
): Promise<ReadonlyMap<string, Truth>> {
  const selection = prepared.asksSelection && entities.length > 0 ? await selectionOf(prepared, facts) : null
  const wanted = new Map<string, Truth>()
  for (const entity of entities) {
    const selected = prepared.where === null ? true : (await judgeCondition(prepared.where, facts, entity)).truth
    const met = prepared.when === null ? true : (await judgeCondition(prepared.when, facts, entity, selection)).truth
    wanted.set(entity.key, selected === null ? null : met)
  }
  return wanted
}

/** Returns a condition's truth and trace for one entity: for `check` steps, and for conditions that are evaluated again later. */
export async function judgeCondition(
  condition: PreparedCondition,
  facts: Facts,
  entity: FactEntity,
  selection: Selection | null = null,
): Promise<{ readonly truth: Truth; readonly trace: readonly TraceLeaf[] }> {
  const ready = atMoment(condition, facts, selection)
  const judgement = ready.judge(entity)
  await ready.confirm(judgement)
  const trace: TraceLeaf[] = []
  ready.trace(judgement, entity, trace)
  return { truth: judgement.truth, trace }
}

const NO_NOTES: readonly string[] = []
const TRUE: Judgement = { truth: true, leaves: [] }
const UNKNOWN: Judgement = { truth: null, leaves: [] }

const outcomeOf = (truth: Truth): Outcome => (truth === null ? 'unknown' : truth ? 'fire' : 'hold')

interface ReadyCondition {
  judge(entity: FactEntity): Judgement
  confirm(judgement: Judgement): Promise<void> | null
  /** Adds the trace of each leaf to `into`. */
  trace(judgement: Judgement, entity: FactEntity, into: TraceLeaf[]): void
}

/** Binds a condition to its facts, and computes everything that is the same for all entities. */
function atMoment(condition: PreparedCondition, facts: Facts, selection: Selection | null): ReadyCondition
function atMoment(condition: PreparedCondition | null, facts: Facts, selection: Selection | null): ReadyCondition | null
function atMoment(condition: PreparedCondition | null, facts: Facts, selection: Selection | null): ReadyCondition | null {
  if (condition === null) return null
  const ranges: readonly WindowRange[] = condition.rangesAt(facts)
  const fixed = condition.fixedSides(facts, ranges)
  const frames: readonly LeafFrame[] = condition.leaves.map((leaf, index) => frameOf(leaf, facts, ranges, fixed[index]!))
  return {
    judge: (entity) => condition.judge({ facts, entity, ranges, selection }, fixed),
    confirm: (judgement) => condition.confirm(judgement),
    trace: ({ leaves }, entity, into) => {
      for (let index = 0; index < leaves.length; index++) {
        const { counted } = leaves[index]!.leaf
        const notes = counted.length === 0 ? NO_NOTES : notesOf(counted, facts, entity, ranges)
        into.push(traceLeaf(frames[index]!, leaves[index]!, notes))
      }
    },
  }
}
