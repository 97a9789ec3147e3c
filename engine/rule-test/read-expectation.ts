/** Reads an expectation of a test and checks it against the rules and entities. */

import { didYouMean } from '../diagnostic/nearest.js'
import type { Fields } from '../document/fields.js'
import type { FactAccount } from '../facts/facts.js'
import type { Rule } from '../rule/rule.js'
import { STEP_NAMES } from '../rule/steps/steps.js'
import type { Scope } from '../value/scope.js'
import { parseMoment } from './moment.js'
import type { Expectation, TestEntity } from './rule-test.js'
import type { ExpectationSource } from './source.js'

export interface ExpectationContext {
  readonly rules: readonly Rule[]
  readonly account: FactAccount
  readonly entities: readonly TestEntity[]
  /** The last of the test's own times; null if it has none, or none without an error. */
  readonly lastTime: number | null
  /** Whether the test gives any times, even with errors. */
  readonly hasTimes: boolean
}

const NAMED: readonly Exclude<Scope, 'account'>[] = ['group', 'campaign', 'adset', 'ad']

/** Returns null if there is an error, which is reported. */
export function readExpectation(
  written: ExpectationSource,
  path: string,
  { rules, account, entities, lastTime, hasTimes }: ExpectationContext,
  fields: Fields,
): Expectation | null {
  const rule = rules.find(({ id }) => id === written.rule)
  if (rule === undefined) {
    if (written.rule !== undefined) {
      const ids = rules.map(({ id }) => id)
      const hint =
        didYouMean(written.rule, ids) ??
        (ids.length === 0 ? undefined : `the rules are ${ids.map((id) => `\`${id}\``).join(', ')}`)
      fields.fault(`${path}/rule`, 'unknown-rule', `there is no rule \`${written.rule}\` in the files under \`rules:\``, hint)
    }
    return null
  }
  const { start, end } = fields.span(path, 'value')
  const entity = entityOf(written, path, rule, account, entities, fields)
  const given = fields.read(`${path}/at`, written.at, (text) => parseMoment(text, account.timezone))
  const at = given ?? lastTime
  if (at === null && written.at === undefined && !hasTimes)
    fields.fault(path, 'missing-key', 'the time of the expectation is missing', 'give the test or the expectation an `at:`')
  if (written.because !== undefined && written.outcome !== 'hold')
    fields.fault(`${path}/because`, 'needless-key', '`because` is only allowed with `outcome: hold`')
  const steps = written.steps?.filter((step) => step !== undefined) ?? null
  for (const [index, step] of (written.steps ?? []).entries()) {
    if (step === undefined || (STEP_NAMES as readonly string[]).includes(step)) continue
    const hint = didYouMean(step, STEP_NAMES) ?? `the steps are ${STEP_NAMES.join(', ')}`
    fields.fault(`${path}/steps/${index}`, 'unknown-choice', `there is no step \`${step}\``, hint)
  }
  if (entity === null || at === null || written.outcome === undefined) return null
  const { line, column, lineEnd } = fields.file.source.place(start)
  return {
    line,
    column,
    length: Math.max(1, Math.min(end, lineEnd) - start),
    rule: rule.id,
    entity,
    at,
    outcome: written.outcome,
    because: written.because ?? null,
    steps,
    message: messageOf(written.message),
  }
}

const messageOf = (message: ExpectationSource['message']): Expectation['message'] =>
  message === undefined ? null : typeof message === 'string' ? message : message.filter((text) => text !== undefined)

function entityOf(
  written: ExpectationSource,
  path: string,
  { id, scope }: Rule,
  account: FactAccount,
  entities: readonly TestEntity[],
  fields: Fields,
): Expectation['entity'] | null {
  if (scope === 'account') return { scope, key: account.name, name: account.name }
  const name = written[scope]
  if (name === undefined) {
    const other = NAMED.find((named) => written[named] !== undefined)
    const message = `\`${id}\` has the scope \`${scope}\`, but the expectation does not name one`
    if (other === undefined) fields.fault(path, 'missing-key', message, `name it: \`${scope}: …\``)
    else fields.keyFault(`${path}/${other}`, 'wrong-scope', message, `did you mean \`${scope}: ${written[other]!}\`?`)
    return null
  }
  if (scope === 'group') return groupOf(name, path, account, fields)
  const campaign =
    scope === 'campaign' ? undefined : entities.find((one) => one.scope === 'campaign' && isCalled(one, written.campaign))
  const found = entities.filter(
    (one) => one.scope === scope && isCalled(one, name) && (campaign === undefined || one.campaign === campaign.key),
  )
  const [only, second] = found
  if (only === undefined) {
    const names = entities.filter((one) => one.scope === scope).map((one) => one.name)
    const hint = didYouMean(name, names) ?? (names.length === 0 ? 'the test has none' : `the test has ${names.join(', ')}`)
    fields.fault(`${path}/${scope}`, 'unknown-entity', `the test has no ${scope} \`${name}\``, hint)
    return null
  }
  if (second !== undefined) {
    const message = `${found.length} entities have the name \`${name}\``
    fields.fault(`${path}/${scope}`, 'ambiguous-entity', message, 'add its `campaign:`, or use its id instead of the name')
    return null
  }
  return { scope, key: only.key, name }
}

function groupOf(name: string, path: string, { groups = [] }: FactAccount, fields: Fields): Expectation['entity'] | null {
  const names = groups.map((group) => group.name)
  if (names.includes(name)) return { scope: 'group', key: name, name }
  fields.fault(`${path}/group`, 'unknown-entity', `there is no group \`${name}\``, didYouMean(name, names))
  return null
}

const isCalled = ({ id, name }: TestEntity, nameOrId: string | undefined): boolean =>
  nameOrId !== undefined && (id === nameOrId || name === nameOrId)
