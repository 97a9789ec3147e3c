/** A rule with its conditions as formulas, separately for each account that it covers. */

import type { Account, Settings } from '../../account/account.js'
import type { Rule } from '../../rule/rule.js'
import { AtomTable } from '../logic/atom.js'
import type { Formula } from '../logic/formula.js'
import { FormulaReader } from '../logic/read-formula.js'
import { coveredAccounts, valuesOf } from './covered-accounts.js'
import { type Demand, guarantees, type Leaf } from './guarantees.js'
import { isCostly } from './steps.js'

export type LinearFormula = Formula & { readonly kind: 'linear' }

/** The rule in one account; null if the account is not known. */
export class AccountReading {
  readonly atoms = new AtomTable()
  /** Targets and values, as `valuesOf` returns them. */
  readonly values: Readonly<Record<string, number>>
  readonly #reader: FormulaReader
  readonly #formulas = new Map<Leaf, readonly [isSo: Formula | null, isNot: Formula | null]>()

  constructor(
    readonly rule: Rule,
    readonly account: Account | null,
  ) {
    this.values = account === null ? {} : valuesOf(account)
    this.#reader = new FormulaReader({ scope: rule.scope, rule: rule.id, values: this.values, atoms: this.atoms })
  }

  formulaOf(leaf: Leaf, wanted: boolean): Formula {
    const known = this.#formulas.get(leaf) ?? [null, null]
    const found = known[wanted ? 0 : 1] ?? this.#reader.comparison(leaf.comparison, wanted)
    this.#formulas.set(leaf, wanted ? [found, known[1]] : [known[0], found])
    return found
  }

  /** Whether the leaf implies an inequality for which `isSo` is true. */
  demands(leaf: Leaf, wanted: boolean, isSo: (inequality: LinearFormula) => boolean): boolean {
    return holdsIn(this.formulaOf(leaf, wanted), isSo)
  }

  /** Whether any of several conditions that hold together implies such an inequality. */
  someDemands(around: readonly Demand[], isSo: (inequality: LinearFormula) => boolean): boolean {
    return around.some((demand) => guarantees(demand, (leaf, wanted) => this.demands(leaf, wanted, isSo)))
  }
}

function holdsIn(formula: Formula, isSo: (inequality: LinearFormula) => boolean): boolean {
  switch (formula.kind) {
    case 'linear':
      return isSo(formula)
    case 'all':
      return formula.parts.some((part) => holdsIn(part, isSo))
    case 'any':
      return formula.parts.length > 0 && formula.parts.every((part) => holdsIn(part, isSo))
    case 'text':
    case 'flag':
    case 'open':
      return false
  }
}

export interface RuleReading {
  readonly rule: Rule
  /** At least one. */
  readonly accounts: readonly AccountReading[]
  /** What holds whenever the rule changes something: `where`, and every `check` before the first such step. */
  readonly always: readonly Demand[]
}

export function readingOf(rule: Rule, settings: Settings | null): RuleReading {
  const covered = coveredAccounts(rule, settings)
  const accounts = (covered.length === 0 ? [null] : covered).map((account) => new AccountReading(rule, account))
  return { rule, accounts, always: alwaysOf(rule) }
}

function alwaysOf({ where, then }: Rule): readonly Demand[] {
  const always: Demand[] = where === null ? [] : [{ condition: where, wanted: true }]
  for (const step of then) {
    if (step.kind === 'check') always.push({ condition: step.condition, wanted: true })
    else if (isCostly(step)) break
  }
  return always
}
