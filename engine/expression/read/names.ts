/**
 * Resolves names: a metric with its window, an attribute or a value of the account. For unknown names it suggests similar ones.
 */

import type { Fault } from '../../diagnostic/fault.js'
import { didYouMean, nearestName } from '../../diagnostic/nearest.js'
import { synonymOf } from '../../diagnostic/synonyms.js'
import { ATTRIBUTES, findAttribute } from '../../metric/attributes.js'
import { findMetric, METRICS } from '../../metric/catalogue.js'
import type { Scope } from '../../value/scope.js'
import type { Unit } from '../../value/unit.js'
import type { Expression, Owner, Span, Window } from '../syntax.js'
import { broken, type Checked } from './checked.js'
import { findFunction, FUNCTIONS } from './functions.js'
import { madeOf, ownedName } from './ratio-hints.js'
import type { NameTree } from './syntax-tree.js'
import type { AccountVocabulary, Vocabulary } from './vocabulary.js'

/** From the bottom up: a rule can use its own entity and everything above it. */
const LEVELS: readonly Scope[] = ['ad', 'adset', 'campaign', 'group', 'account']

const METRIC_NAMES = METRICS.map((metric) => metric.name)
const ATTRIBUTE_NAMES = ATTRIBUTES.map((attribute) => attribute.name)

/** Whether a name has a meaning in every rule, so that it can't be the name of an account's value. */
export const isReservedName = (name: string): boolean =>
  findMetric(name) !== undefined ||
  findAttribute(name) !== undefined ||
  (LEVELS as readonly string[]).includes(name) ||
  OTHER_WORDS.has(name)

const OTHER_WORDS = new Set([
  'action',
  'payload',
  'and',
  'or',
  'not',
  'between',
  'in',
  'matches',
  'contains',
  'offset',
  'within',
  'true',
  'false',
  ...FUNCTIONS,
])

export class NameLookup {
  constructor(
    private readonly vocabulary: Vocabulary,
    private readonly report: (fault: Fault) => void,
  ) {}

  /** Whether a bare word has a meaning of its own, so that it is not a choice. */
  isKnown(tree: NameTree): boolean {
    const { text } = tree.name
    return (
      findMetric(text) !== undefined ||
      findAttribute(text) !== undefined ||
      this.vocabulary.metrics?.has(text) === true ||
      this.vocabulary.inputs?.has(text) === true ||
      this.valueUnits(text) !== null
    )
  }

  /** Whether a word is probably a typing error for a known name. */
  isSlip(name: string): boolean {
    return nearestName(name, this.knownNames()) !== null
  }

  private knownNames(): readonly string[] {
    const own = [...(this.vocabulary.inputs?.keys() ?? []), ...(this.vocabulary.metrics?.keys() ?? [])]
    return [...own, ...this.valueNames(), ...ATTRIBUTE_NAMES, ...METRIC_NAMES]
  }

  /** Returns a hint with the name that is probably meant. */
  near(name: string, owner: Owner = 'self'): string | undefined {
    return ownedName(name) ?? madeOf(name, null) ?? didYouMean(name, this.candidates(name, owner))
  }

  /** `budget` suggests `daily_budget`, except for an account or a group, which only have a monthly one. */
  private candidates(name: string, owner: Owner): readonly string[] {
    const level = owner === 'self' ? this.vocabulary.scope : owner
    const ofMonth = (level === 'account' || level === 'group') && synonymOf(name, ['monthly_budget']) !== null
    return this.knownNames().filter((known) => !ofMonth || known !== 'daily_budget')
  }

  resolve(tree: NameTree, alone: boolean): Checked {
    const owner = this.owner(tree)
    if (owner === null) return broken(tree.span)
    const name = tree.name.text
    if (tree.actionType !== null) return this.metric(tree, owner, 'action', tree.actionType, { kind: 'count' })
    const metric = findMetric(name)
    if (metric !== undefined) return this.metric(tree, owner, name, null, unitOfKind(metric.unit))
    const attribute = findAttribute(name)
    if (attribute !== undefined || this.valueUnits(name) !== null) return this.attribute(tree, owner, attribute)
    return this.unknown(tree, owner, alone)
  }

  private metric(tree: NameTree, owner: Owner, metric: string, actionType: string | null, unit: Unit): Checked {
    const { window, span } = tree
    const written = actionType === null ? metric : `action("${actionType}")`
    if (window === null) {
      const message = `\`${written}\` is summed over a window, and has none`
      this.fault('missing-window', message, tree.span, `for example \`${written}[last_7d]\` or \`${written}[today]\``)
    }
    // The unit is known even without a window, so that a second fault is found: `ctr > 1.5`.
    const stretch: Window = window === null || window === 'broken' ? { kind: 'preset', preset: 'today', offsetDays: 0 } : window
    const expression: Expression = { kind: 'metric', owner, metric, actionType, window: stretch, span, unit }
    return { expression, unit, bends: null }
  }

  private attribute(tree: NameTree, owner: Owner, definition: ReturnType<typeof findAttribute>): Checked {
    const { span } = tree
    const attribute = tree.name.text
    if (tree.window !== null) {
      const message = `\`${attribute}\` is a value at one moment, and takes no window`
      this.fault('needless-window', message, { start: tree.name.span.end, end: span.end }, `write \`${attribute}\``)
      return broken(span)
    }
    if (definition?.of === 'clock' && owner !== 'self') {
      this.fault('wrong-owner', `\`${attribute}\` is the clock’s`, span, `write \`${attribute}\``)
      return broken(span)
    }
    const accounts = definition === undefined || definition.of === 'account'
    const ofGroup = owner === 'group' || (owner === 'self' && this.vocabulary.scope === 'group')
    if (!accounts && ofGroup && attribute !== 'name' && definition.of === 'entity') {
      const hint = 'a group has `name`, `monthly_budget`, and the sums of its campaigns'
      this.fault('wrong-owner', `a group has no \`${attribute}\` of its own`, span, hint)
      return broken(span)
    }
    if (!accounts) return attributeOf(owner, attribute, definition.unit, span, null)
    if (attribute === 'monthly_budget' && ofGroup) return this.groupBudget(span)
    if (owner !== 'self' && owner !== 'account') {
      this.fault('wrong-owner', `\`${attribute}\` is the account’s`, span, `write \`${attribute}\``)
      return broken(span)
    }
    for (const account of this.vocabulary.accounts ?? []) {
      if (account.values === null || Object.hasOwn(account.values, attribute)) continue
      const key = definition === undefined ? 'values:' : 'targets:'
      this.fault(
        'missing-value',
        `the account ${account.name} has no \`${attribute}\``,
        span,
        `give it in tetik.yaml, under \`${key}\``,
      )
      return broken(span)
    }
    if (definition !== undefined) return attributeOf(owner, attribute, definition.unit, span, null)
    const units = this.valueUnits(attribute)!
    if (units.length > 1) {
      const message = `\`${attribute}\` is ${units.join(' in one account and ')} in another`
      this.fault('unit-mismatch', message, span, 'write one rule for each')
      return broken(span)
    }
    const unit = unitOfKind(units[0]!)
    return attributeOf(owner, attribute, unit, span, unit.kind === 'number' ? 'plain' : null)
  }

  /** Resolves a group's budget: `group.monthly_budget`, or `monthly_budget` in a rule with scope `group`. */
  private groupBudget(span: Span): Checked {
    for (const { name, groups } of this.vocabulary.accounts ?? []) {
      if (!groups || groups.some(({ hasBudget }) => hasBudget)) continue
      this.fault(
        'missing-value',
        `no group of the account ${name} has a \`monthly_budget\``,
        span,
        'give it in tetik.yaml, under `groups:`',
      )
      return broken(span)
    }
    return attributeOf('group', 'monthly_budget', { kind: 'money' }, span, null)
  }

  private unknown(tree: NameTree, owner: Owner, alone: boolean): Checked {
    const { span, window } = tree
    const name = tree.name.text
    if (window !== null) {
      const hint =
        madeOf(name, tree.meantWindow ?? window) ??
        didYouMean(name, [...(this.vocabulary.metrics?.keys() ?? []), ...METRIC_NAMES]) ??
        'docs/rules.md lists them; any action type of Meta can be used as `action("…")`'
      this.fault('unknown-metric', `there is no metric \`${name}\``, tree.name.span, hint)
      return broken(span)
    }
    if (name === 'payload' && owner === 'self') {
      this.fault('wrong-arguments', '`payload` is the whole event', span, 'name a value of it: `payload.order.total`')
      return broken(span)
    }
    const called = findFunction(name)
    if (called !== undefined && owner === 'self') {
      this.fault('syntax', `\`${name}\` is a function`, span, `for example \`${called.example}\``)
      return broken(span)
    }
    const near = this.near(name, owner)
    const mayBeValue = (this.vocabulary.accounts ?? [{ values: null }]).some((account) => account.values === null)
    if (!mayBeValue || alone || (owner !== 'self' && owner !== 'account') || !/^[a-z][a-z0-9_]*$/.test(name)) {
      this.fault('unknown-attribute', `there is no attribute or metric \`${name}\``, tree.name.span, near)
      return broken(span)
    }
    if (near !== undefined) {
      const message = `\`${name}\` is assumed to be one of the account’s \`values:\``
      this.report({ code: 'unknown-attribute', message, span: tree.name.span, hint: near, severity: 'warning' })
    }
    return attributeOf(owner, name, { kind: 'number' }, span, 'open')
  }

  /** Returns the owner in front of the name; null after reporting one that does not exist or is not allowed. */
  owner(tree: Pick<NameTree, 'owner'>): Owner | null {
    if (tree.owner === null) return 'self'
    const { text, span } = tree.owner
    const level = LEVELS.find((level) => level === text)
    if (level === undefined) {
      const hint = didYouMean(text, LEVELS) ?? 'one of `account`, `group`, `campaign`, `adset`, `ad`'
      this.fault('unknown-owner', `there is no owner \`${text}\``, span, hint)
      return null
    }
    const { scope } = this.vocabulary
    if (scope !== null && LEVELS.indexOf(level) < LEVELS.indexOf(scope)) {
      const message = `a rule over scope \`${scope}\` has no one \`${text}\``
      this.fault('wrong-owner', message, span, `\`${scope}\` and the levels above it can be used`)
      return null
    }
    const groupless = level === 'group' ? (this.vocabulary.accounts ?? []).find(({ groups }) => groups?.length === 0) : undefined
    if (groupless !== undefined) {
      const message = `the account ${groupless.name} has no groups`
      this.fault('missing-group', message, span, 'name its campaigns in tetik.yaml, under `groups:`')
      return null
    }
    return level
  }

  /** Returns the distinct units of the accounts' values of that name; null if no account has one. */
  private valueUnits(name: string): readonly AccountUnit[] | null {
    const units = (this.vocabulary.accounts ?? []).flatMap((account) =>
      account.values !== null && Object.hasOwn(account.values, name) ? [account.values[name]!] : [],
    )
    return units.length === 0 ? null : [...new Set(units)]
  }

  private valueNames(): readonly string[] {
    return (this.vocabulary.accounts ?? []).flatMap((account) => Object.keys(account.values ?? {}))
  }

  private fault(code: string, message: string, span: Span, hint?: string): void {
    this.report({ code, message, span, ...(hint === undefined ? {} : { hint }) })
  }
}

type AccountUnit = NonNullable<AccountVocabulary['values']>[string]

const unitOfKind = (kind: AccountUnit): Unit => (kind === 'choice' ? { kind: 'text' } : { kind })

const attributeOf = (owner: Owner, attribute: string, unit: Unit, span: Span, bends: Checked['bends']): Checked => ({
  expression: { kind: 'attribute', owner, attribute, span, unit },
  unit,
  bends,
})
