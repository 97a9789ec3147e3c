/** Pairs of rules that can want opposite things of one entity, and pairs that meet at the same threshold. */

import type { Settings } from '../account/account.js'
import { DAY } from '../clock/zone.js'
import type { Rule, Scope } from '../rule/rule.js'
import { AtomTable } from './atom.js'
import { coveredAccounts, valuesOf } from './covered-accounts.js'
import type { Finding } from './finding.js'
import { allOf, type Formula } from './formula.js'
import { afterwards, atTheThreshold, positiveTargets, withoutSwitches } from './pair-formula.js'
import { FormulaReader } from './read-formula.js'
import { canHoldTogether } from './satisfiable.js'
import { literalPattern } from './text-pattern.js'
import { areRaises, opposition, wantsOf, type Want } from './wants.js'

/** More of one rule are told of as "others": whoever mends three will see the rest. */
const MOST_OF_A_RULE = 3

export interface PairOptions {
  /** Whether the rule's own file says how long it rests. */
  readonly saysCooldown: (rule: Rule) => boolean
}

interface Candidate {
  readonly rule: Rule
  readonly wants: readonly Want[]
  readonly formula: Formula
}

/** Rules are compared within an account, and only with those that want something of the same thing. */
export function pairFindings(rules: readonly Rule[], settings: Settings | null, options: PairOptions): Finding[] {
  const wanting = rules.map((rule) => ({ rule, wants: wantsOf(rule) })).filter(({ wants }) => wants.length > 0)
  const accounts = new Map<string, { values: Readonly<Record<string, number>>; of: typeof wanting }>()
  const unplaced = wanting.filter(({ rule }) => coveredAccounts(rule, settings).length === 0)
  for (const each of wanting) {
    const covered = coveredAccounts(each.rule, settings).map((account) => ({ name: account.name, values: valuesOf(account) }))
    // Without a tetik.yaml the names are all there is to tell accounts apart by.
    const named = covered.length > 0 ? covered : each.rule.account === null ? [] : [{ name: each.rule.account, values: {} }]
    for (const { name, values } of named) {
      const known = accounts.get(name)
      if (known === undefined) accounts.set(name, { values, of: [each] })
      else known.of.push(each)
    }
  }
  const anywhere = unplaced.filter(({ rule }) => rule.account === null || rule.account === 'all')
  if (accounts.size === 0 || anywhere.length > 0) {
    for (const account of accounts.values()) account.of.push(...anywhere.filter((each) => !account.of.includes(each)))
    if (accounts.size === 0) accounts.set('', { values: {}, of: anywhere })
  }
  const order = new Map(rules.map((rule, index) => [rule, index]))
  const search = new PairSearch(options)
  for (const { values, of } of accounts.values()) {
    search.within(
      [...of].sort((one, other) => order.get(one.rule)! - order.get(other.rule)!),
      values,
    )
  }
  return search.findings
}

class PairSearch {
  readonly findings: Finding[] = []
  readonly #told = new Set<string>()
  readonly #counts = new Map<Rule, number>()

  constructor(private readonly options: PairOptions) {}

  within(wanting: readonly Omit<Candidate, 'formula'>[], values: Readonly<Record<string, number>>): void {
    const atoms = new AtomTable()
    const buckets = new Map<string, Candidate[]>()
    for (const { rule, wants } of wanting) {
      const reader = new FormulaReader({ scope: rule.scope, rule: rule.id, values, atoms })
      const candidate = { rule, wants, formula: allOf(reader.condition(rule.where), reader.condition(rule.when)) }
      // One that never acts conflicts with nothing; that it never acts is told elsewhere.
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
    if (this.#told.has(`${earlier.rule.id} ${later.rule.id}`)) return
    for (const one of earlier.wants) {
      for (const other of later.wants) {
        const what = opposition(one, other, ENTITIES[later.rule.scope])
        if (what === null || !isSameThing(one, earlier.rule.scope, later.rule.scope)) continue
        const formulas = [formulaOf(earlier, one), formulaOf(later, other), ...sharedBudget(earlier, later)]
        if (canHoldTogether(formulas, atoms)) return this.#conflict(earlier, one, later, other, what)
        if (areRaises(one, other)) continue
        if (!this.#isHeldBack(earlier.rule, later.rule) && this.#canFlap(earlier, one, later, other, formulas, atoms))
          return this.#flapping(earlier, one, later, other, what)
      }
    }
  }

  #isHeldBack(...rules: readonly Rule[]): boolean {
    return rules.some((rule) => rule.clear !== null || (rule.cooldown >= DAY && this.options.saysCooldown(rule)))
  }

  #canFlap(
    earlier: Candidate,
    one: Want,
    later: Candidate,
    other: Want,
    formulas: readonly Formula[],
    atoms: AtomTable,
  ): boolean {
    const meeting = formulas.map((formula) => atTheThreshold(formula, atoms))
    if (canHoldTogether([...meeting, ...positiveTargets(meeting, atoms)], atoms)) return true
    if (earlier.rule.scope !== later.rule.scope) return false
    return leadsTo(earlier, one, later, atoms) && leadsTo(later, other, earlier, atoms)
  }

  #conflict(earlier: Candidate, one: Want, later: Candidate, other: Want, what: string): void {
    this.#tell(earlier, one, later, other, {
      code: 'conflicting-rules',
      message: `this rule and ${placeOf(earlier.rule)} can ${what} at the same time`,
      hint: areRaises(one, other)
        ? 'make one rule of them, or let one `when` begin where the other ends'
        : 'let one `when` begin well clear of where the other ends, or give them different entities in `where`',
    })
  }

  #flapping(earlier: Candidate, one: Want, later: Candidate, other: Want, what: string): void {
    this.#tell(earlier, one, later, other, {
      code: 'flapping',
      message: `this rule and ${placeOf(earlier.rule)} ${what} where their thresholds meet, with no room between them`,
      hint: 'leave a band between the two thresholds, or give one of them a `clear` or a written `cooldown` of a day or more',
    })
  }

  #tell(earlier: Candidate, one: Want, later: Candidate, other: Want, words: Pick<Finding, 'code' | 'message' | 'hint'>): void {
    this.#told.add(`${earlier.rule.id} ${later.rule.id}`)
    const count = (this.#counts.get(later.rule) ?? 0) + 1
    this.#counts.set(later.rule, count)
    if (count > MOST_OF_A_RULE) {
      const last = this.findings.findLastIndex(({ at, code }) => at.rule === later.rule && code === words.code)
      const found = this.findings[last]
      if (found !== undefined) this.findings[last] = { ...found, message: `${found.message}; and so it is with others` }
      return
    }
    this.findings.push({
      ...words,
      at: { rule: later.rule, path: other.path },
      related: [{ rule: earlier.rule, path: one.path, message: `what \`${earlier.rule.id}\` wants` }],
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

/** Budgets of ad sets may be those of their campaign. */
const isSameThing = (want: Want, scope: Scope, otherScope: Scope): boolean => scope === otherScope || want.of === 'budget'

function bucketsOf({ rule, wants }: Candidate): ReadonlySet<string> {
  return new Set(wants.map(({ of }) => (of === 'budget' ? of : `${of} ${rule.scope}`)))
}

const formulaOf = ({ rule, formula }: Candidate, want: Want): Formula =>
  want.of === 'status' ? withoutSwitches(formula, rule.scope) : formula

/** A rule of ad sets and one of campaigns meet only where the campaign has the budget. */
function sharedBudget(one: Candidate, other: Candidate): readonly Formula[] {
  if (one.rule.scope === other.rule.scope) return []
  return [one, other].map(({ rule }) => ({
    kind: 'text' as const,
    key: `${rule.scope}.budget_level`,
    patterns: [literalPattern('campaign')],
    wanted: true,
  }))
}

/** Whether what one rule does to the budget can make the other one true. */
function leadsTo(from: Candidate, want: Want, to: Candidate, atoms: AtomTable): boolean {
  const step = from.rule.then[Number(/\d+/.exec(want.path)?.[0])]
  const most = step?.kind === 'budget' ? (step.max?.value ?? null) : null
  const after = afterwards(from.formula, want, from.rule.scope, most)
  return after !== null && canHoldTogether([...after, to.formula], atoms)
}
