/** The steps of `then`. */

import type { Recipient } from '../account/account.js'
import type { Reading } from '../diagnostic/fault.js'
import { didYouMean } from '../diagnostic/nearest.js'
import type { Fields } from '../document/fields.js'
import { parseDuration, parseMoney, parsePercentage, refuse } from '../expression/amount.js'
import type { Vocabulary } from '../expression/vocabulary.js'
import { parseTime } from './cadence-source.js'
import type { BudgetChange, MoneyAmount, Scope, Step } from './rule.js'
import type { StepSource } from './schema.js'
import { parseTemplate } from './template.js'

/** Longer waits are forgotten by the people who wrote them. */
const LONGEST_WAIT = 90 * 86_400_000

/** What Meta lets be paused, and what bears a budget. */
const PAUSABLE: readonly Scope[] = ['campaign', 'adset', 'ad']
const BUDGETED: readonly Scope[] = ['campaign', 'adset']

export interface StepContext {
  readonly scope: Scope | null
  readonly vocabulary: Vocabulary
  /** Null where no `tetik.yaml` names them. */
  readonly recipients: readonly Recipient[] | null
  /** Names of the accounts that the rule covers; null where nothing says which. */
  readonly accounts: readonly string[] | null
}

/** Null where there is a fault, which is then told. */
export function readStep(written: StepSource, path: string, fields: Fields, context: StepContext): Step | null {
  if (written === 'pause') {
    return inScope('pause', PAUSABLE, path, fields, context) ? { kind: 'pause' } : null
  }
  if (written === 'start') {
    return inScope('start', PAUSABLE, path, fields, context) ? { kind: 'start', any: false } : null
  }
  const names = Object.keys(written) as (keyof typeof written)[]
  const [name, second] = names
  if (name === undefined) return null
  if (second !== undefined) {
    fields.keyFault(`${path}/${second}`, 'several-steps', 'a step is one thing', 'begin a new item with `- `')
    return null
  }
  const at = `${path}/${name}`
  switch (name) {
    case 'start':
      return inScope('start', PAUSABLE, path, fields, context) ? { kind: 'start', any: true } : null
    case 'budget':
      return inScope('budget', BUDGETED, path, fields, context) ? readBudget(written.budget, at, fields, context) : null
    case 'whatsapp':
      return readWhatsapp(written.whatsapp ?? {}, at, fields, context)
    case 'wait':
      return fields.read(at, written.wait, parseWait)
  }
}

function inScope(step: string, scopes: readonly Scope[], path: string, fields: Fields, context: StepContext): boolean {
  if (context.scope === null || scopes.includes(context.scope)) return true
  const message = `\`${step}\` does nothing to scope \`${context.scope}\``
  fields.fault(path, 'wrong-scope', message, `it is for ${scopes.map((scope) => `\`${scope}\``).join(', ')}`)
  return false
}

function readBudget(
  written: Exclude<StepSource, string>['budget'],
  path: string,
  fields: Fields,
  { vocabulary }: StepContext,
): Step | null {
  if (written === undefined) return null
  const money = (text: string): Reading<MoneyAmount> => parseMoney(text, vocabulary)
  if (typeof written === 'string') {
    const change = fields.read(path, written, (text) => parseBudgetChange(text, vocabulary))
    return change === null ? null : { kind: 'budget', change, min: null, max: null }
  }
  const change = fields.read(`${path}/change`, written.change, (text) => parseBudgetChange(text, vocabulary))
  const min = fields.read(`${path}/min`, written.min, money)
  const max = fields.read(`${path}/max`, written.max, money)
  if (min !== null && max !== null && min.value > max.value) {
    fields.fault(`${path}/min`, 'out-of-range', '`min` is above `max`')
    return null
  }
  if (
    change?.kind === 'absolute' &&
    ((min?.value ?? 0) > change.amount.value || (max?.value ?? Infinity) < change.amount.value)
  ) {
    fields.fault(`${path}/change`, 'out-of-range', 'the new budget is not between `min` and `max`')
    return null
  }
  return change === null ? null : { kind: 'budget', change, min, max }
}

/** `+15%` and `-20%` change the budget by that, `500 TRY` sets it. */
export function parseBudgetChange(text: string, vocabulary: Vocabulary): Reading<BudgetChange> {
  const signed = /^\s*([+-])\s*/.exec(text)
  if (signed === null) {
    if (/^\s*[\d.]+\s*%\s*$/.test(text)) {
      return refuse(
        text,
        'bad-budget',
        'it is not said whether the budget goes up or down',
        `did you mean \`+${text.trim()}\` or \`-${text.trim()}\`?`,
      )
    }
    const { value, faults } = parseMoney(text, vocabulary)
    return { value: value === null ? null : { kind: 'absolute', amount: value }, faults }
  }
  const rest = text.slice(signed[0].length)
  const { value, faults } = parsePercentage(rest)
  const shift = signed[0].length
  if (value === null) {
    if (faults.some((fault) => fault.code === 'bad-percentage')) {
      return refuse(
        text,
        'bad-budget',
        'a budget changes by a percentage, or is set to an amount',
        'for example `+15%`, `-20%`, `500 TRY`',
      )
    }
    return {
      value: null,
      faults: faults.map((fault) => ({ ...fault, span: { start: fault.span.start + shift, end: fault.span.end + shift } })),
    }
  }
  if (value === 0) return refuse(text, 'out-of-range', 'a change of nothing is no change')
  if (signed[1] === '-' && value >= 1) return refuse(text, 'out-of-range', 'nothing would be left of the budget', 'use `pause`')
  if (value > 10) return refuse(text, 'out-of-range', 'the budget would be more than eleven times what it is')
  return { value: { kind: 'relative', ratio: signed[1] === '-' ? -value : value }, faults }
}

function readWhatsapp(
  written: Partial<NonNullable<Exclude<StepSource, string>['whatsapp']>>,
  path: string,
  fields: Fields,
  { vocabulary, recipients, accounts }: StepContext,
): Step | null {
  const text = fields.read(`${path}/text`, written.text, (text) => parseTemplate(text, vocabulary))
  const to = written.to
  if (to === undefined) return null
  const recipient = recipients?.find(({ name }) => name === to)
  if (recipients !== null && recipient === undefined) {
    const names = recipients.map(({ name }) => name)
    const hint =
      didYouMean(to, names) ??
      (names.length === 0 ? 'name one in tetik.yaml, under `recipients:`' : `tetik.yaml has ${names.join(', ')}`)
    fields.fault(`${path}/to`, 'unknown-recipient', 'there is no recipient of this name', hint)
    return null
  }
  const foreign = (accounts ?? []).find(
    (account) => recipient !== undefined && recipient.accounts.length > 0 && !recipient.accounts.includes(account),
  )
  if (foreign !== undefined) {
    fields.fault(
      `${path}/to`,
      'recipient-account',
      `\`${to}\` is not told about the account ${foreign}`,
      'add it to the recipient’s `accounts:`',
    )
    return null
  }
  return text === null ? null : { kind: 'whatsapp', to, text }
}

/** `2h`, or `until 08:00`. */
function parseWait(text: string): Reading<Step> {
  const until = /^\s*until\s+/.exec(text)
  if (until !== null) {
    const { value, faults } = parseTime(text.slice(until[0].length))
    const shift = until[0].length
    return {
      value: value === null ? null : { kind: 'wait-until', time: value },
      faults: faults.map((fault) => ({ ...fault, span: { start: fault.span.start + shift, end: fault.span.end + shift } })),
    }
  }
  if (/^\s*\d{1,2}:\d{2}\s*$/.test(text))
    return refuse(text, 'bad-duration', 'this is a time of day', `did you mean \`until ${text.trim()}\`?`)
  const { value, faults } = parseDuration(text)
  if (value === null) return { value: null, faults }
  if (value <= 0 || value > LONGEST_WAIT) return refuse(text, 'out-of-range', 'a wait is longer than nothing and at most 90 days')
  return { value: { kind: 'wait', duration: value }, faults }
}
