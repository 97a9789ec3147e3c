import Type from 'typebox'

import { type AlertQuestion, type AlertState, changeAlert, listAlerts } from '../../../store/analysis/alerts.js'
import type { ApiContext } from '../http/context.js'
import { cursorReader, page } from '../http/cursor.js'
import { answer, operation } from '../http/operation.js'
import { ProblemError } from '../http/problem.js'
import { Alert, ALERT_METRICS, ALERT_STATES, AlertPage, AnomalyPage, Snooze } from '../shapes/alert.js'
import { cursorQuery, oneOf } from '../shapes/common.js'
import { alertOf, anomalyOf } from '../views/alert.js'

const readPlace = cursorReader(Type.Object({ at: Type.Integer(), id: Type.String() }))
const HOUR = 3_600_000

const query = {
  account: Type.Optional(Type.String()),
  metric: Type.Optional(oneOf(ALERT_METRICS)),
  ...cursorQuery({ byDefault: 50, most: 200 }),
}

async function pageOfAlerts(
  { store }: ApiContext,
  { cursor, limit = 50, ...filters }: { cursor?: string; limit?: number } & Omit<AlertQuestion, 'limit' | 'after'>,
) {
  const after = readPlace(cursor)
  const rows = await listAlerts(store, { ...filters, limit: limit + 1, ...(after === undefined ? {} : { after }) })
  return page(rows, limit, ({ opened_at: at, id }) => ({ at, id }))
}

const params = { id: Type.String({ maxLength: 100 }) }

async function changed(context: ApiContext, id: string, state: AlertState, snoozedUntil?: number) {
  const until = snoozedUntil === undefined ? {} : { snoozedUntil }
  const row = await changeAlert(context.store, id, { state, ...until, by: 'api:token', at: context.now() })
  if (row === undefined) throw new ProblemError('not-found', `There is no alert ${id}.`)
  return answer(200, await alertOf(context, row))
}

const changing = (id: string, word: string, state: AlertState, summary: string) =>
  operation({
    id,
    method: 'post',
    path: `/api/alerts/{id}/${word}`,
    tag: 'Alerts',
    summary,
    description: 'A resolved alert stays resolved; the response has its state.',
    params,
    write: true,
    problems: ['not-found'],
    responses: { 200: { description: 'The alert as it is now', schema: Alert } },
    handle: ({ params }, context) => changed(context, params.id, state),
  })

export const alertOperations = [
  operation({
    id: 'listAnomalies',
    method: 'get',
    path: '/api/ai/anomalies',
    tag: 'Alerts',
    summary: 'Anomalies of the accounts, current and past, newest first',
    query,
    responses: { 200: { description: 'A page', schema: AnomalyPage } },
    handle: async ({ query }, context) => {
      const { data, next } = await pageOfAlerts(context, query)
      return answer(200, { data: data.map((row) => anomalyOf(context, row)), next })
    },
  }),
  operation({
    id: 'listAlerts',
    method: 'get',
    path: '/api/alerts',
    tag: 'Alerts',
    summary: 'Alerts with their state, newest first',
    description: 'An alert that another one explains names it as its `cause`.',
    query: { ...query, state: Type.Optional(oneOf(ALERT_STATES)) },
    responses: { 200: { description: 'A page', schema: AlertPage } },
    handle: async ({ query }, context) => {
      const { data, next } = await pageOfAlerts(context, query)
      return answer(200, { data: await Promise.all(data.map((row) => alertOf(context, row))), next })
    },
  }),
  changing('markAlertSeen', 'seen', 'seen', 'Marks the alert as seen'),
  operation({
    id: 'snoozeAlert',
    method: 'post',
    path: '/api/alerts/{id}/snooze',
    tag: 'Alerts',
    summary: 'Snoozes the alert',
    params,
    body: Snooze,
    write: true,
    problems: ['not-found'],
    responses: { 200: { description: 'The alert as it is now', schema: Alert } },
    handle: ({ params, body }, context) => changed(context, params.id, 'snoozed', Math.round(context.now() + body.hours * HOUR)),
  }),
  changing('resolveAlert', 'resolve', 'resolved', 'Resolves the alert: no further message while the same deviation continues'),
]
