/** Reads each condition into a formula only once: comparing rules in pairs needs the same formulas many times. */

import type { Condition, Rule } from '../../rule/rule.js'
import { AtomTable } from './atom.js'
import type { Formula } from './formula.js'
import { FormulaReader } from './read-formula.js'

export class FormulaCache {
  readonly atoms = new AtomTable()
  readonly #readers = new Map<Rule, FormulaReader>()
  readonly #formulas = new Map<Condition, Formula>()

  /** @param values targets and values of the account that the rules are compared in */
  constructor(private readonly values: Readonly<Record<string, number>>) {}

  formulaOf(rule: Rule, key: 'where' | 'when'): Formula {
    const condition = rule[key]
    const known = condition === null ? undefined : this.#formulas.get(condition)
    if (known !== undefined) return known
    const formula = this.#readerOf(rule).condition(condition)
    if (condition !== null) this.#formulas.set(condition, formula)
    return formula
  }

  #readerOf(rule: Rule): FormulaReader {
    const known = this.#readers.get(rule)
    if (known !== undefined) return known
    const reader = new FormulaReader({ scope: rule.scope, rule: rule.id, values: this.values, atoms: this.atoms })
    this.#readers.set(rule, reader)
    return reader
  }
}
