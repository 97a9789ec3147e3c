/** Pairs of rules that can want opposite things for one entity, and pairs that meet at the same threshold. */

import type { Settings } from '../../account/account.js'
import { DAY } from '../../clock/zone.js'
import type { Rule } from '../../rule/rule.js'
import type { Scope } from '../../value/scope.js'
import { AtomTable } from '../logic/atom.js'
import { allOf, type Formula } from '../logic/formula.js'
import { FormulaReader } from '../logic/read-formula.js'
import { canHoldTogether } from '../logic/satisfiable.js'
import { literalPattern } from '../logic/text-pattern.js'
import { takeTurns } from '../rules/alternating-rules.js'
import { coveredAccounts, valuesOf } from '../rules/covered-accounts.js'
import type { Finding } from '../rules/finding.js'
import { afterwards, atTheThreshold, positiveTargets, withoutSwitches } from '../rules/pair-formula.js'
import { areOpposed, areRaises, oppositionInWords, type Want, wantsOf } from '../rules/step-effects.js'

/** Further conflicts of one rule are only mentioned as "others": an author who fixes three will see the rest. */
const MOST_OF_A_RULE = 3

export interface PairOptions {
  /** Whether the file gives the rule a cooldown, rather than leaving the default. */
  readonly saysCooldown: (rule: Rule) => boolean
}

interface Wanting {
  readonly rule: Rule
  readonly wants: readonly Want[]
}

interface Candidate extends Wanting {
  readonly formula: Formula
  /** For a pause or start: without conditions on the status, which the other rule's step changes. */
  readonly ofStatus: Demand
  readonly ofAmount: Demand
}

interface Demand {
  readonly strictly: Formula
  /** With the thresholds themselves included, and targets above zero. */
  readonly atThreshold: readonly Formula[]
}

/** Compares rules within each account, and only those whose steps change the same thing (status, budget or bid). */
export function pairFindings(rules: readonly Rule[], settings: Settings | null, options: PairOptions): Finding[] {
  const wanting = rules.map((rule) => ({ rule, wants: wantsOf(rule) })).filter(({ wants }) => wants.length > 0)
  const accounts = new Map<string, Readonly<Record<string, number>>>()
  for (const { rule } of wanting) {
    const covered = coveredAccounts(rule, settings)
    for (const account of covered) if (!accounts.has(account.name)) accounts.set(account.name, valuesOf(account))
    // Without a tetik.yaml, accounts can be distinguished only by their names.
    if (covered.length === 0 && rule.account !== null && rule.account !== 'all') accounts.set(rule.account, {})
  }
  if (accounts.size === 0) accounts.set('', {})
  const search = new PairSearch(options)
  for (const [name, values] of accounts) {
    search.within(
      wanting.filter(({ rule }) => isWithin(rule, name, settings)),
      values,
    )
  }
  return search.findings
}

/** A rule that names no account, and for which the settings do not determine one, may belong to any. */
function isWithin(rule: Rule, account: string, settings: Settings | null): boolean {
  const covered = coveredAccounts(rule, settings)
  if (covered.length > 0) return covered.some(({ name }) => name === account)
  return rule.account === null || rule.account === 'all' || rule.account === account
}

class PairSearch {
  readonly findings: Finding[] = []
  readonly #reported = new Set<string>()
  readonly #counts = new Map<Rule, number>()

  constructor(private readonly options: PairOptions) {}

  within(wanting: readonly Wanting[], values: Readonly<Record<string, number>>): void {
    const atoms = new AtomTable()
    const buckets = new Map<string, Candidate[]>()
    for (const { rule, wants } of wanting) {
      const reader = new FormulaReader({ scope: rule.scope, rule: rule.id, values, atoms })
      const candidate = candidateOf({ rule, wants }, reader, atoms)
      // A rule that never acts conflicts with nothing; `unreachable` reports it.
      if (!canHoldTogether([candidate.formula], atoms)) continue
      const earlier = new Set([...bucketsOf(candidate)].flatMap((key) => buckets.get(key) ?? []))
      for (const other of earlier) if (!this.#isFull(rule)) this.#compare(other, candidate, atoms)
      for (const key of bucketsOf(candidate)) {
        const bucket = buckets.get(key)
        if (bucket === undefined) buckets.set(key, [candidate])
        else bucket.push(candidate)
      }
    }
  }

  #isFull = (rule: Rule): boolean => (this.#counts.get(rule) ?? 0) > MOST_OF_A_RULE

  #compare(earlier: Candidate, later: Candidate, atoms: AtomTable): void {
    for (const one of earlier.wants) {
      for (const other of later.wants) {
        if (!areOpposed(one, other) || !isSameThing(one, earlier.rule.scope, later.rule.scope)) continue
        if (takeTurns(earlier.rule, one, later.rule, other)) continue
        const demands = [earlier, later].map((candidate) => (one.of === 'status' ? candidate.ofStatus : candidate.ofAmount))
        const shared = sharedBudget(earlier, later)
        if (canHoldTogether([...demands.map(({ strictly }) => strictly), ...shared], atoms))
          return this.#conflict(earlier, one, later, other)
        if (areRaises(one, other)) continue
        const canFlap =
          canHoldTogether([...demands.flatMap(({ atThreshold }) => atThreshold), ...shared], atoms) ||
          (shared.length === 0 && leadsTo(earlier, one, later, atoms) && leadsTo(later, other, earlier, atoms))
        if (canFlap && !this.#isHeldBack(earlier.rule, later.rule)) return this.#flapping(earlier, one, later, other)
      }
    }
  }

  #isHeldBack(...rules: readonly Rule[]): boolean {
    return rules.some((rule) => rule.clear !== null || (rule.cooldown >= DAY && this.options.saysCooldown(rule)))
  }

  #conflict(earlier: Candidate, one: Want, later: Candidate, other: Want): void {
    const what = oppositionInWords(one, other, ENTITIES[later.rule.scope])
    this.#report(earlier, one, later, other, {
      code: 'conflicting-rules',
      message: `this rule and ${placeOf(earlier.rule)} can ${what} at the same time`,
      hint: areRaises(one, other)
        ? 'merge the two rules, or let one `when` begin where the other ends'
        : 'leave a gap between the two `when`, or select different entities in `where`',
    })
  }

  #flapping(earlier: Candidate, one: Want, later: Candidate, other: Want): void {
    const what = oppositionInWords(one, other, ENTITIES[later.rule.scope])
    this.#report(earlier, one, later, other, {
      code: 'flapping',
      message: `this rule and ${placeOf(earlier.rule)} ${what} where their thresholds meet, with no gap between them`,
      hint: 'leave a gap between the two thresholds, or give one rule a `clear` or a stated `cooldown` of a day or more',
    })
  }

  #report(earlier: Candidate, one: Want, later: Candidate, other: Want, words: Pick<Finding, 'code' | 'message' | 'hint'>): void {
    const pair = `${earlier.rule.id} ${later.rule.id}`
    if (this.#reported.has(pair)) return
    this.#reported.add(pair)
    const count = (this.#counts.get(later.rule) ?? 0) + 1
    this.#counts.set(later.rule, count)
    if (count > MOST_OF_A_RULE) {
      const last = this.findings.findLastIndex(({ at, code }) => at.rule === later.rule && code === words.code)
      const found = this.findings[last]
      if (found !== undefined) this.findings[last] = { ...found, message: `${found.message}; the same is true of others` }
      return
    }
    this.findings.push({
      ...words,
      at: { rule: later.rule, path: other.path },
      related: [{ rule: earlier.rule, path: one.path, message: `the step of \`${earlier.rule.id}\`` }],
    })
  }
}

const ENTITIES: Readonly<Record<Scope, string>> = {
  account: 'account',
  group: 'group',
  campaign: 'campaign',
  adset: 'ad set',
  ad: 'ad',
}

const placeOf = ({ id, file, line }: Rule): string => `\`${id}\` (${file}:${line})`

/** An ad set and its campaign may share one budget. */
const isSameThing = (want: Want, scope: Scope, otherScope: Scope): boolean => scope === otherScope || want.of === 'budget'

function bucketsOf({ rule, wants }: Candidate): ReadonlySet<string> {
  return new Set(wants.map(({ of }) => (of === 'budget' ? of : `${of} ${rule.scope}`)))
}

function candidateOf({ rule, wants }: Wanting, reader: FormulaReader, atoms: AtomTable): Candidate {
  const formula = allOf(reader.condition(rule.where), reader.condition(rule.when))
  const demandOf = (strictly: Formula): Demand => {
    const closed = atTheThreshold(strictly, atoms)
    return { strictly, atThreshold: [closed, ...positiveTargets(closed, atoms)] }
  }
  return { rule, wants, formula, ofStatus: demandOf(withoutSwitches(formula, rule.scope)), ofAmount: demandOf(formula) }
}

/** A rule for ad sets and one for campaigns change the same budget only if the budget is the campaign's. */
function sharedBudget(one: Candidate, other: Candidate): readonly Formula[] {
  if (one.rule.scope === other.rule.scope) return []
  return [one, other].map(({ rule }) => ({
    kind: 'text' as const,
    key: `${rule.scope}.budget_level`,
    patterns: [literalPattern('campaign')],
    wanted: true,
  }))
}

/** Whether the budget that one rule sets can make the other rule's condition true. */
function leadsTo(from: Candidate, want: Want, to: Candidate, atoms: AtomTable): boolean {
  const step = from.rule.then[Number(/\d+/.exec(want.path)?.[0])]
  const most = step?.kind === 'budget' ? (step.max?.value ?? null) : null
  const after = afterwards(from.formula, want, from.rule.scope, most)
  return after !== null && canHoldTogether([...after, to.formula], atoms)
}
