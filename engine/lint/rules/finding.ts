import type { Rule } from '../../rule/rule.js'
import type { LintCode } from './catalogue.js'

/** A place in a rule: a path as in traces (`when.all[1]`, `then[0].budget`, `every`), or `id` for the whole rule. */
interface RulePlace {
  readonly rule: Rule
  readonly path: string
}

/** A warning, before its path is resolved to a place in a file. */
export interface Finding {
  readonly code: LintCode
  readonly at: RulePlace
  /** One sentence without a full stop. */
  readonly message: string
  readonly hint: string
  /** Other places that are involved; `message` is a clause. */
  readonly related?: readonly (RulePlace & { readonly message: string })[]
}
