import type { Rule } from '../../rule/rule.js'
import type { LintCode } from './catalogue.js'

/** Where in a rule: a path as traces have it (`when.all[1]`, `then[0].budget`, `every`), or `id` for the rule as a whole. */
interface RulePlace {
  readonly rule: Rule
  readonly path: string
}

/** What a lint found, before its place in the file is known. */
export interface Finding {
  readonly code: LintCode
  readonly at: RulePlace
  /** One sentence without a full stop. */
  readonly message: string
  readonly hint: string
  /** Other places with a part in it; `message` is a clause. */
  readonly related?: readonly (RulePlace & { readonly message: string })[]
}
