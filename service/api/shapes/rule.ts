import Type, { type Static } from 'typebox'

import { Instant, inWords, nullable, oneOf, pageOf, Scope, shape } from './common.js'

const Milliseconds = Type.Number({ minimum: 0, description: 'Milliseconds' })

const Cadence = Type.Union(
  [
    shape('EveryCadence', { kind: Type.Literal('every'), interval: Milliseconds }),
    shape('AtCadence', { kind: Type.Literal('at'), times: Type.Array(Type.String()), timezone: nullable(Type.String()) }),
    shape('CronCadence', { kind: Type.Literal('cron'), expression: Type.String(), timezone: nullable(Type.String()) }),
    shape('HookCadence', { kind: Type.Literal('hook'), name: Type.String() }),
  ],
  { title: 'Cadence' },
)

export const Rule = shape('Rule', {
  id: Type.String(),
  description: Type.String(),
  inWords: inWords('The whole rule as a paragraph'),
  file: Type.String(),
  line: Type.Integer(),
  version: Type.String(),
  commit: nullable(Type.String()),
  account: nullable(Type.String({ description: 'A name of tetik.yaml, `all`, or null for the only one' })),
  scope: Scope,
  mode: oneOf(['observe', 'ask', 'act']),
  cadence: Cadence,
  where: Type.Array(Type.String(), { description: 'Its comparisons, as written' }),
  when: Type.Array(Type.String(), { description: 'Its comparisons, as written' }),
  steps: Type.Array(Type.String()),
  holdFor: Milliseconds,
  cooldown: Milliseconds,
  priority: Type.Number(),
  loadedAt: Type.String({ ...Instant, description: 'When it was loaded' }),
})
export type Rule = Static<typeof Rule>

export const RulePage = pageOf('RulePage', Rule)

const Diagnostic = shape('Diagnostic', {
  code: Type.String(),
  severity: oneOf(['error', 'warning']),
  message: Type.String(),
  file: Type.String(),
  line: Type.Integer(),
  column: Type.Integer(),
  length: Type.Integer(),
  hint: Type.Optional(Type.String()),
})

export const RuleReload = shape(
  'RuleReload',
  {
    added: Type.Array(Type.String()),
    changed: Type.Array(Type.String()),
    removed: Type.Array(Type.String()),
    unchanged: Type.Array(Type.String()),
    warnings: Type.Array(Diagnostic),
  },
  'What is loaded now, compared with before; ids of rules',
)
export type RuleReload = Static<typeof RuleReload>

export const RuleEvaluation = shape('RuleEvaluation', {
  rule: Type.String(),
  accounts: Type.Array(Type.String(), { description: 'Accounts whose next tick, which was started, evaluates it' }),
  decisions: Type.String({ description: 'Address of its decisions' }),
})
export type RuleEvaluation = Static<typeof RuleEvaluation>
