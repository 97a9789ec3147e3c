/** The steps of `then`. */

import { parseVariable } from '../../account/account-name.js'
import type { Recipient } from '../../account/account.js'
import { type Reading, refuse } from '../../diagnostic/fault.js'
import type { Fields } from '../../document/fields.js'
import { parseDuration } from '../../expression/read/amount.js'
import type { Vocabulary } from '../../expression/read/vocabulary.js'
import type { Scope } from '../../value/scope.js'
import type { Step } from '../rule.js'
import { parseTime } from './cadence-source.js'
import { readCondition } from './condition.js'
import { readJsonTemplate } from './json-template.js'
import type { StepSource } from './schema.js'
import { readChange } from './step-change.js'
import { readLaunchStep } from './step-launch.js'
import { readMessage, readReport } from './step-message.js'
import { parseTemplate } from './template.js'

/** Longer waits are forgotten by the people who wrote them. */
const LONGEST_WAIT = 90 * 86_400_000

/** How long an answer is waited for where the step does not say. */
const ANSWER_WITHIN = 24 * 3_600_000

/** Meta's limit on the name of an ad label. */
const LONGEST_LABEL = 50

/** What Meta lets be paused, named, labelled and copied, what bears a budget, and what bids. */
const DELIVERED: readonly Scope[] = ['campaign', 'adset', 'ad']
const BUDGETED: readonly Scope[] = ['campaign', 'adset']
const BIDDING: readonly Scope[] = ['adset']

const SCOPES: Partial<Record<string, readonly Scope[]>> = {
  pause: DELIVERED,
  start: DELIVERED,
  duplicate: DELIVERED,
  rename: DELIVERED,
  label: DELIVERED,
  budget: BUDGETED,
  bid: BIDDING,
}

export interface StepContext {
  readonly scope: Scope | null
  readonly vocabulary: Vocabulary
  /** Null where no `tetik.yaml` names them. */
  readonly recipients: readonly Recipient[] | null
  /** Names of the accounts that the rule covers; null where nothing says which. */
  readonly accounts: readonly string[] | null
  /** The accounts of launch specs by their keys; null where nothing says which there are. */
  readonly launches: ReadonlyMap<string, string | null> | null
}

/** `index` is its place in `then`. Null where there is a fault, which is then told. */
export function readStep(written: StepSource, index: number, fields: Fields, context: StepContext): Step | null {
  const path = `then/${index}`
  if (typeof written === 'string') {
    if (!inScope(written, path, fields, context)) return null
    if (written === 'start') return { kind: 'start', any: false }
    return written === 'duplicate' ? { kind: 'duplicate', name: null, status: 'paused' } : { kind: 'pause' }
  }
  const names = Object.keys(written) as (keyof typeof written)[]
  const [name, second] = names
  if (name === undefined) return null
  if (second !== undefined) {
    fields.keyFault(`${path}/${second}`, 'several-steps', 'a step is one thing', 'begin a new item with `- `')
    return null
  }
  if (!inScope(name, path, fields, context)) return null
  const at = `${path}/${name}`
  const { vocabulary } = context
  switch (name) {
    case 'start':
      return { kind: 'start', any: true }
    case 'budget':
    case 'bid': {
      const change = readChange(written[name], name, at, fields, vocabulary)
      return change && { kind: name, ...change }
    }
    case 'duplicate': {
      const { name: copy, status = 'paused' } = written.duplicate ?? {}
      const template = fields.read(`${at}/name`, copy, (text) => parseTemplate(text, vocabulary))
      // What is beneath is copied paused as well, so that the copy would be active and deliver nothing.
      if (status === 'active' && context.scope !== null && context.scope !== 'ad') {
        const message = `a copy of an \`ad\` can be active, one of scope \`${context.scope}\` cannot: what is beneath is copied paused`
        fields.fault(`${at}/status`, 'wrong-scope', message, 'leave `status` out, and start what shall run once it was looked at')
        return null
      }
      return copy !== undefined && template === null ? null : { kind: 'duplicate', name: template, status }
    }
    case 'rename': {
      const template = fields.read(at, written.rename, (text) => parseTemplate(text, vocabulary))
      return template && { kind: 'rename', name: template }
    }
    case 'label':
      return readLabel(written.label ?? {}, at, fields)
    case 'whatsapp': {
      const message = readMessage(written.whatsapp ?? {}, at, fields, context)
      return message && { kind: 'whatsapp', ...message }
    }
    case 'report':
      return written.report === undefined ? null : readReport(written.report, at, fields, context)
    case 'webhook': {
      const { url, body } = written.webhook ?? {}
      const urlVariable = fields.read(`${at}/url`, url, (text) => parseVariable(text, '$SLACK_WEBHOOK'))
      const json = body === undefined ? null : readJsonTemplate(fields.file, body, vocabulary)
      return urlVariable === null || (body !== undefined && json === null) ? null : { kind: 'webhook', urlVariable, body: json }
    }
    case 'ask': {
      const message = readMessage(written.ask ?? {}, at, fields, context)
      const within = fields.read(`${at}/within`, written.ask?.within, (text) => parsePause(text, vocabulary)) ?? ANSWER_WITHIN
      if (message !== null) refuseUnableToApprove(message.to, at, fields, context)
      return message && { kind: 'ask', ...message, within }
    }
    case 'launch':
      return readLaunchStep(written.launch, at, fields, context)
    case 'wait':
      return fields.read(at, written.wait, (text) => parseWait(text, vocabulary))
    case 'check': {
      if (written.check === undefined) return null
      const condition = readCondition(fields.file, written.check, `then[${index}].check`, vocabulary)
      return condition && { kind: 'check', condition }
    }
  }
}

function inScope(step: string, path: string, fields: Fields, context: StepContext): boolean {
  const scopes = SCOPES[step]
  if (scopes === undefined || context.scope === null || scopes.includes(context.scope)) return true
  const message = `\`${step}\` does nothing to scope \`${context.scope}\``
  fields.fault(path, 'wrong-scope', message, `it is for ${scopes.map((scope) => `\`${scope}\``).join(', ')}`)
  return false
}

function refuseUnableToApprove(to: string, path: string, fields: Fields, { recipients }: StepContext): void {
  const recipient = recipients?.find(({ name }) => name === to)
  if (recipient === undefined || recipient.may.includes('approve')) return
  fields.fault(`${path}/to`, 'recipient-right', `\`${to}\` may not approve`, 'add `approve` to the recipient’s `may:`')
}

function readLabel(
  written: { readonly add?: readonly (string | undefined)[]; readonly remove?: readonly (string | undefined)[] },
  path: string,
  fields: Fields,
): Step | null {
  const given = (key: 'add' | 'remove'): readonly string[] => [
    ...new Set((written[key] ?? []).flatMap((label) => label?.trim() ?? [])),
  ]
  const [add, remove] = [given('add'), given('remove')]
  if (add.length + remove.length === 0) {
    // What has a fault of its own is not missing besides.
    const isFaulty = (['add', 'remove'] as const).some(
      (key) => (written[key] === undefined && fields.has(`${path}/${key}`)) || written[key]?.includes(undefined) === true,
    )
    if (!isFaulty) fields.fault(path, 'empty', 'the step names no label', 'for example `label: { add: [tired] }`')
    return null
  }
  const both = add.find((label) => remove.includes(label))
  if (both !== undefined) {
    fields.fault(`${path}/remove`, 'contradiction', `\`${both}\` is added and removed at once`, 'take one of the two out')
    return null
  }
  const long = [...add, ...remove].find((label) => label === '' || label.length > LONGEST_LABEL)
  if (long === undefined) return { kind: 'label', add, remove }
  fields.fault(path, 'out-of-range', `a label has one to ${LONGEST_LABEL} characters`)
  return null
}

/** `2h`, or `until 08:00`. */
function parseWait(text: string, vocabulary: Vocabulary): Reading<Step> {
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
  const { value, faults } = parsePause(text, vocabulary)
  return { value: value === null ? null : { kind: 'wait', duration: value }, faults }
}

function parsePause(text: string, vocabulary: Vocabulary): Reading<number> {
  const { value, faults } = parseDuration(text, vocabulary)
  if (value === null) return { value: null, faults }
  if (value <= 0 || value > LONGEST_WAIT) return refuse(text, 'out-of-range', 'a wait is longer than nothing and at most 90 days')
  return { value, faults }
}
