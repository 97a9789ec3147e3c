/** Counts how often the tests found each line of the rules' conditions true, false and unknown. */

import type { RulePlaces } from '../rule/read/places.js'
import type { Rule } from '../rule/rule.js'
import { leavesOf } from '../rule/walk.js'
import type { Truth } from '../value/value.js'
import type { TestDecision } from './decisions.js'

export interface LeafCoverage {
  readonly file: string
  readonly line: number
  readonly rule: string
  /** Path within the rule: `when.all[1]`. */
  readonly path: string
  readonly condition: string
  /** How often the tests found it true; likewise below. */
  readonly true: number
  readonly false: number
  readonly unknown: number
}

/** Counts over all tests that were added. Rules that were never evaluated are listed with zeros. */
export class ConditionCoverage {
  readonly #leaves = new Map<
    string,
    { rule: Rule; path: string; condition: string; true: number; false: number; unknown: number }
  >()

  add(rules: readonly Rule[], decisions: readonly TestDecision[]): void {
    for (const rule of rules)
      for (const condition of [rule.where, rule.when, rule.clear])
        for (const { path, text } of leavesOf(condition)) {
          const key = keyOf(rule, path)
          if (!this.#leaves.has(key)) this.#leaves.set(key, { rule, path, condition: text, true: 0, false: 0, unknown: 0 })
        }
    for (const { rule, trace, clearTrace } of decisions)
      for (const { path, result } of [...trace, ...clearTrace]) {
        const leaf = this.#leaves.get(keyOf(rule, path))
        if (leaf !== undefined) leaf[wordOf(result)] += 1
      }
  }

  /** Returns the lines, ordered by file and line. */
  leaves(places: RulePlaces): readonly LeafCoverage[] {
    return [...this.#leaves.values()]
      .map(({ rule, ...leaf }) => {
        const { file, line } = places.placeOf(rule, leaf.path)
        return { file, line, rule: rule.id, ...leaf }
      })
      .sort((one, other) => compare(one.file, other.file) || one.line - other.line)
  }
}

const keyOf = ({ file, id }: Rule, path: string): string => JSON.stringify([file, id, path])

const wordOf = (truth: Truth): 'true' | 'false' | 'unknown' => (truth === null ? 'unknown' : truth ? 'true' : 'false')

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
