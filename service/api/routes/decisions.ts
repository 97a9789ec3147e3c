import Type from 'typebox'

import { PROGRESS } from '../../../engine/rule/progress.js'
import { approvalsOfDecision } from '../../../store/decisions/approvals.js'
import { listDecisions } from '../../../store/decisions/decision-list.js'
import { findDecision } from '../../../store/decisions/decisions.js'
import { mutationsOfDecision } from '../../../store/decisions/mutations.js'
import { messagesOfDecision } from '../../../store/messages/messages.js'
import { cursorReader, page } from '../http/cursor.js'
import { answer, operation } from '../http/operation.js'
import { ProblemError } from '../http/problem.js'
import { cursorQuery, oneOf } from '../shapes/common.js'
import { DecisionDetail, DecisionPage, OUTCOMES } from '../shapes/decision.js'
import { detailOf, summaryOf } from '../views/decision.js'
import { wordsOfDecisions } from '../work/decision-words.js'

const readPlace = cursorReader(Type.Object({ at: Type.Integer(), id: Type.String() }))

export const decisionOperations = [
  operation({
    id: 'listDecisions',
    method: 'get',
    path: '/api/decisions',
    tag: 'Rules',
    summary: 'Decisions of the rules, newest first',
    description: '`hold` and `unknown` are listed only when the outcome or its reason changed.',
    query: {
      account: Type.Optional(Type.String()),
      rule: Type.Optional(Type.String()),
      outcome: Type.Optional(oneOf(OUTCOMES)),
      progress: Type.Optional(oneOf(PROGRESS)),
      entity: Type.Optional(Type.String({ description: 'Meta’s id, or the entity’s key' })),
      ...cursorQuery({ byDefault: 50, most: 200 }),
    },
    responses: { 200: { description: 'A page', schema: DecisionPage } },
    handle: async ({ query }, context) => {
      const { cursor, limit = 50, ...filters } = query
      const after = readPlace(cursor)
      const given = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined))
      const rows = await listDecisions(context.store, {
        ...given,
        limit: limit + 1,
        ...(after === undefined ? {} : { after }),
      })
      const { data, next } = page(rows, limit, ({ at, id }) => ({ at, id }))
      const words = await wordsOfDecisions(context.store, data)
      return answer(200, { data: data.map((row) => summaryOf(context, row, words(row))), next })
    },
  }),
  operation({
    id: 'getDecision',
    method: 'get',
    path: '/api/decisions/{id}',
    tag: 'Rules',
    summary: 'A decision with its trace, its changes at Meta and its messages',
    params: { id: Type.String() },
    problems: ['not-found'],
    responses: { 200: { description: 'The decision', schema: DecisionDetail } },
    handle: async ({ params }, context) => {
      const { store } = context
      const row = await findDecision(store, params.id)
      if (row === undefined) throw new ProblemError('not-found', `There is no decision ${params.id}; old ones are deleted.`)
      const [mutations, messages, approvals, words] = await Promise.all([
        mutationsOfDecision(store, row.id),
        messagesOfDecision(store, row.id),
        approvalsOfDecision(store, row.id),
        wordsOfDecisions(store, [row]),
      ])
      return answer(200, detailOf(context, row, { mutations, messages, approvals, ...words(row) }))
    },
  }),
]
