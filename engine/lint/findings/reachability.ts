/** Conditions that can never be true, or are true whenever their data is known. */

import type { Settings } from '../../account/account.js'
import type { Condition, Rule } from '../../rule/rule.js'
import { AtomTable } from '../logic/atom.js'
import type { Formula } from '../logic/formula.js'
import { FormulaReader } from '../logic/read-formula.js'
import { canHoldTogether } from '../logic/satisfiable.js'
import { coveredAccounts, valuesOf } from '../rules/covered-accounts.js'
import type { Finding } from '../rules/finding.js'

interface Demand {
  readonly condition: Condition
  readonly wanted: boolean
}

export function reachabilityFindings(rule: Rule, settings: Settings | null): Finding[] {
  const check = new ReachabilityCheck(rule, settings)
  return check.findings()
}

class ReachabilityCheck {
  readonly #findings: Finding[] = []
  /** One for each account: a condition is impossible only if it is impossible in all of them. */
  readonly #readers: readonly { readonly reader: FormulaReader; readonly atoms: AtomTable }[]

  constructor(
    private readonly rule: Rule,
    settings: Settings | null,
  ) {
    const accounts = coveredAccounts(rule, settings)
    const values = accounts.length === 0 ? [{}] : accounts.map(valuesOf)
    this.#readers = values.map((own) => {
      const atoms = new AtomTable()
      return { reader: new FormulaReader({ scope: rule.scope, rule: rule.id, values: own, atoms }), atoms }
    })
  }

  findings(): Finding[] {
    const { where, when, clear, then } = this.rule
    const sound = [where, when, clear].map((condition) => condition === null || this.#check(condition))
    for (const step of then) if (step.kind === 'check') this.#check(step.condition)
    if (where !== null && when !== null && sound[0] && sound[1]) {
      if (!this.#canBe([is(where), is(when)])) this.#neverTogether(where, when, when.path)
      else this.#checkBranches(when, [is(where)])
    } else if (when !== null && sound[1]) this.#checkBranches(when, [])
    return this.#findings
  }

  /** Checks a condition and everything in it. Returns whether it found nothing. */
  #check(condition: Condition): boolean {
    const before = this.#findings.length
    switch (condition.kind) {
      case 'leaf':
        if (!this.#canBe([is(condition)])) this.#never(condition)
        else if (!this.#canBe([isNot(condition)])) this.#always(condition)
        break
      case 'not':
        this.#check(condition.condition)
        break
      case 'all':
      case 'any': {
        const found = condition.conditions.map((inner) => this.#check(inner))
        if (found.includes(false)) break
        const wanted = condition.kind === 'all'
        const demands = condition.conditions.map((inner) => ({ condition: inner, wanted }))
        if (!this.#canBe(demands)) this.#group(condition, demands)
        break
      }
    }
    return this.#findings.length === before
  }

  /** Reports branches of `any` that the surrounding conditions rule out. */
  #checkBranches(condition: Condition, alongside: readonly Demand[]): void {
    if (condition.kind === 'all') {
      for (const inner of condition.conditions) {
        this.#checkBranches(inner, [...alongside, ...condition.conditions.filter((other) => other !== inner).map(is)])
      }
    } else if (condition.kind === 'any' && condition.conditions.length > 1) {
      for (const inner of condition.conditions) {
        if (this.#canBe([...alongside, is(inner)])) continue
        const other = alongside.find((demand) => !this.#canBe([demand, is(inner)]))
        this.#findings.push({
          code: 'unreachable',
          at: { rule: this.rule, path: inner.path },
          message: `${inWords(inner)} is never true together with ${other === undefined ? 'the rest of the condition' : inWords(other.condition)}`,
          hint: 'remove it, or change one of the two',
          ...(other === undefined ? {} : this.#related(other.condition)),
        })
      }
    }
  }

  #group(condition: Condition & { kind: 'all' | 'any' }, demands: readonly Demand[]): void {
    for (const [index, later] of demands.entries()) {
      const earlier = demands.slice(0, index).find((demand) => !this.#canBe([demand, later]))
      if (earlier === undefined) continue
      if (condition.kind === 'all') this.#neverTogether(earlier.condition, later.condition, later.condition.path)
      else {
        this.#findings.push({
          code: 'always-true',
          at: { rule: this.rule, path: later.condition.path },
          message: `one of ${inWords(earlier.condition)} and ${inWords(later.condition)} is always true`,
          hint: 'did you mean `all:`?',
          ...this.#related(earlier.condition),
        })
      }
      return
    }
    this.#findings.push(
      condition.kind === 'all'
        ? {
            code: 'unreachable',
            at: { rule: this.rule, path: condition.path },
            message: 'these conditions are never true together',
            hint: 'take one of them out, or write `any:`',
          }
        : {
            code: 'always-true',
            at: { rule: this.rule, path: condition.path },
            message: 'one of these conditions is always true',
            hint: 'did you mean `all:`?',
          },
    )
  }

  #neverTogether(earlier: Condition, later: Condition, path: string): void {
    const [one, other] = this.#culprits(earlier, later)
    this.#findings.push({
      code: 'unreachable',
      at: { rule: this.rule, path: other === later ? path : other.path },
      message: `${inWords(one)} and ${inWords(other)} are never true together`,
      hint: 'change one of the two, or write `any:` if either is enough',
      ...this.#related(one),
    })
  }

  /** Returns the two innermost conditions that rule each other out; the conditions as given if there is no such pair. */
  #culprits(earlier: Condition, later: Condition): readonly [Condition, Condition] {
    for (const one of conjuncts(earlier)) {
      for (const other of conjuncts(later)) if (!this.#canBe([is(one), is(other)])) return [one, other]
    }
    return [earlier, later]
  }

  #never(condition: Condition): void {
    this.#findings.push({
      code: 'unreachable',
      at: { rule: this.rule, path: condition.path },
      message: `${inWords(condition)} is never true`,
      hint: 'is the comparison the right way round, and the number in the right unit?',
    })
  }

  #always(condition: Condition): void {
    this.#findings.push({
      code: 'always-true',
      at: { rule: this.rule, path: condition.path },
      message: `${inWords(condition)} is always true when its data is known`,
      hint: 'remove it, or change its number',
    })
  }

  #related(condition: Condition): Pick<Finding, 'related'> {
    return { related: [{ rule: this.rule, path: condition.path, message: inWords(condition) }] }
  }

  #canBe(demands: readonly Demand[]): boolean {
    return this.#readers.some(({ reader, atoms }) => {
      const formulas: Formula[] = demands.map(({ condition, wanted }) => reader.condition(condition, wanted))
      return canHoldTogether(formulas, atoms)
    })
  }
}

const is = (condition: Condition): Demand => ({ condition, wanted: true })
const isNot = (condition: Condition): Demand => ({ condition, wanted: false })

const conjuncts = (condition: Condition): readonly Condition[] =>
  condition.kind === 'all' ? condition.conditions.flatMap(conjuncts) : [condition]

const inWords = (condition: Condition): string => {
  switch (condition.kind) {
    case 'leaf':
      return `\`${condition.text}\``
    case 'not':
      return condition.condition.kind === 'leaf' ? `not \`${condition.condition.text}\`` : `the \`not\` at ${condition.path}`
    case 'all':
    case 'any':
      return `the conditions at ${condition.path}`
  }
}
