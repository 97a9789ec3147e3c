import Type, { type Static } from 'typebox'

import { PROGRESS } from '../../../engine/rule/progress.js'
import { Day, Instant, inWords, nullable, oneOf, pageOf, Scope, shape } from './common.js'

const SideValue = Type.Union(
  [
    Type.Number(),
    Type.String(),
    Type.Boolean(),
    Type.Null(),
    shape(
      'AtLeast',
      { atLeast: Type.Number() },
      'A lower bound: with no conversions yet, cost per result is at least the spend so far',
    ),
    Type.Array(Type.Union([Type.Number(), Type.String()])),
  ],
  { title: 'SideValue', description: 'Money in the major unit; null if unknown' },
)

export const TraceLeaf = shape(
  'TraceLeaf',
  {
    path: Type.String({ description: 'Place in the rule: `when.all[1]`' }),
    condition: Type.String({ description: 'As written' }),
    inWords: inWords('What was found, and the limit, as sentences'),
    result: nullable(Type.Boolean()),
    left: SideValue,
    right: SideValue,
    unit: Type.String({ description: 'A currency for money, else the kind' }),
    unitKind: oneOf(['money', 'count', 'number', 'percentage', 'duration', 'text', 'yes-or-no', 'choice']),
    windows: Type.Array(shape('TraceWindow', { source: Type.String(), since: Day, until: Day })),
    parts: Type.Optional(
      shape(
        'RatioParts',
        { numerator: SideValue, denominator: SideValue, result: nullable(Type.String()) },
        'What the ratio was computed from: for `cpa`, the spend and the results',
      ),
    ),
    notes: Type.Optional(
      Type.Array(Type.String(), {
        description: 'The attribution, and any difference between Meta’s own results and the actions of its rows',
      }),
    ),
    because: Type.Optional(Type.String({ description: 'Why a side is unknown' })),
  },
  'One comparison with both sides',
)
export type TraceLeaf = Static<typeof TraceLeaf>

export const OUTCOMES = ['fire', 'hold', 'unknown'] as const

const summary = {
  id: Type.String(),
  account: Type.String(),
  rule: Type.String(),
  version: Type.String({ description: 'Hash of the rule’s meaning when it decided' }),
  entity: shape('EntityReference', {
    scope: Scope,
    key: Type.String(),
    id: nullable(Type.String()),
    name: nullable(Type.String()),
  }),
  at: Type.String({ ...Instant, description: 'The time that the rule was evaluated for' }),
  knownAt: Type.String({ ...Instant, description: 'The evaluation used the data known at this time' }),
  outcome: oneOf(OUTCOMES),
  because: nullable(oneOf(['when', 'for', 'clear', 'cooldown', 'limit', 'priority', 'guardrail'])),
  inWords: nullable(inWords('What a firing does and why; null for decisions that did not fire')),
  mode: oneOf(['observe', 'ask', 'act']),
  steps: Type.Array(Type.String()),
  progress: oneOf(PROGRESS),
  note: nullable(Type.String({ description: 'A sentence about the progress' })),
  workflowUrl: nullable(Type.String({ description: 'Its workflow in Temporal’s web UI' })),
  updatedAt: Instant,
}

export const DecisionSummary = shape('DecisionSummary', summary)
export type DecisionSummary = Static<typeof DecisionSummary>

export const DecisionPage = pageOf('DecisionPage', DecisionSummary)

export const Mutation = shape(
  'Mutation',
  {
    id: Type.String(),
    level: oneOf(['campaign', 'adset', 'ad']),
    entityId: Type.String(),
    field: oneOf(['status', 'daily_budget', 'lifetime_budget', 'bid_amount', 'name', 'labels', 'copy']),
    before: Type.String({ description: 'A status, minor units, a name, or a JSON list of labels' }),
    target: Type.String({ description: 'For a copy: the mark in its name, as JSON' }),
    inWords: shape(
      'ChangeInWords',
      {
        en: shape('ChangeInEnglish', { before: Type.String(), target: Type.String() }),
        tr: shape('ChangeInTurkish', { before: Type.String(), target: Type.String() }),
      },
      '`before` and `target` as people read them: ₺575.00, in Turkish ₺575,00',
    ),
    outcome: oneOf(['intended', 'confirmed', 'unchanged', 'refused', 'unknown', 'superseded'], {
      description: '`superseded`: replaced by a later change of the same field',
    }),
    result: nullable(Type.String({ description: 'For a copy: its id' })),
    error: Type.Unknown({ description: 'Meta’s error, if it refused' }),
    intendedAt: Instant,
    settledAt: nullable(Instant),
  },
  'A change at Meta: `confirmed` was read back, `unknown` was sent and may have been made',
)
export type Mutation = Static<typeof Mutation>

export const Message = shape('Message', {
  id: Type.String(),
  recipient: Type.String({ description: 'A name of tetik.yaml' }),
  text: Type.String(),
  sentAs: nullable(oneOf(['text', 'template'])),
  status: oneOf(['intended', 'accepted', 'sent', 'delivered', 'read', 'failed', 'unknown', 'withdrawn'], {
    description: '`withdrawn`: the account’s rules were stopped before it went out',
  }),
  error: Type.Unknown(),
  createdAt: Instant,
  updatedAt: Instant,
  workflowUrl: nullable(Type.String()),
})
export type Message = Static<typeof Message>

export const Approval = shape(
  'Approval',
  {
    id: Type.String(),
    decision: Type.String(),
    state: oneOf(['waiting', 'approved', 'rejected', 'expired', 'withdrawn']),
    askedAt: Instant,
    expiresAt: Instant,
    answeredBy: nullable(Type.String({ description: 'A recipient of tetik.yaml, or `api:token`' })),
    answeredAt: nullable(Instant),
  },
  'A question to a person before something is done; `expired` and `withdrawn` ended without an answer',
)
export type Approval = Static<typeof Approval>

export const DecisionDetail = shape('DecisionDetail', {
  ...summary,
  trace: Type.Array(TraceLeaf),
  mutations: Type.Array(Mutation),
  messages: Type.Array(Message),
  approvals: Type.Array(Approval),
  source: nullable(
    shape(
      'RuleSource',
      { file: Type.String(), line: Type.Integer(), commit: nullable(Type.String()) },
      'Where the rule’s version that decided was defined',
    ),
  ),
})
export type DecisionDetail = Static<typeof DecisionDetail>
