import Type from 'typebox'

import { arrivedShares } from '../../../activities/facts/arrival-shares.js'
import { budgetChanges, changesFor } from '../../../activities/facts/budget-changes.js'
import { loadFacts } from '../../../activities/facts/load-facts.js'
import { HOUR } from '../../../engine/clock/zone.js'
import type { FactEntity, Facts } from '../../../engine/facts/facts.js'
import { findMetric, METRICS } from '../../../engine/metric/catalogue.js'
import type { Scope } from '../../../engine/value/scope.js'
import { askForecasts } from '../../forecast/ask-forecasts.js'
import { describeForecast } from '../../forecast/describe-forecast.js'
import { answer, operation } from '../http/operation.js'
import { ProblemError } from '../http/problem.js'
import { oneOf } from '../shapes/common.js'
import { Forecast } from '../shapes/forecast.js'
import { accountNamed, onlyAccount } from './accounts.js'

const FORECAST_METRICS = METRICS.filter(({ made }) => made.kind !== 'asked').map(({ name }) => name)
/** Today's numbers may be as old as a rule with this interval accepts, milliseconds. */
const PACE = HOUR

export const forecastOperations = [
  operation({
    id: 'getForecast',
    method: 'get',
    path: '/api/ai/forecast',
    tag: 'Reading',
    summary: 'Forecast of a metric by day and at the month’s end, with bands',
    query: {
      days: Type.Optional(Type.Integer({ minimum: 1, maximum: 90, default: 30, description: 'From tomorrow on' })),
      account: Type.Optional(Type.String({ description: 'Name in tetik.yaml; optional if there is only one' })),
      metric: Type.Optional(oneOf(FORECAST_METRICS, { default: 'spend' })),
      scope: Type.Optional(oneOf(['account', 'group', 'campaign', 'adset', 'ad'], { default: 'account' })),
      id: Type.Optional(Type.String({ description: 'Meta’s id of the campaign, ad set or ad, or the name of a group' })),
    },
    problems: ['not-found'],
    responses: { 200: { description: 'The forecast, or the reason for having none', schema: Forecast } },
    handle: async ({ query }, context) => {
      const { days = 30, metric: name = 'spend', scope = 'account' } = query
      const { store, now, forecasts } = context
      const account = accountNamed(context, query.account ?? onlyAccount(context, 'query.account'))
      const metric = findMetric(name)!
      const at = now()
      const level = scope === 'ad' ? 'ad' : 'adset'
      const facts = (await loadFacts(store, account, { at, knownAt: at, level, days: true, hoursSince: null }))(PACE)
      const entity = entityOf(facts, scope, query.id)
      const question = { account: account.name, timezone: account.timezone, knownAt: at }
      const changes = changesFor(facts, await budgetChanges(store, question))
      const late = { account: account.name, zone: account.timezone, level, result: facts.account.result, at } as const
      const arrived = await arrivedShares(store, late)
      const described = await askForecasts(forecasts, (lookup) =>
        describeForecast(facts, { lookup, budgetChanges: changes, arrived }, { metric, entity, days }),
      )
      return answer(200, {
        account: account.name,
        metric: name,
        entity: { scope: entity.scope, id: entity.id, name: entity.name },
        ...described,
        points: described.points.map((point) => ({ ...point })),
      })
    },
  }),
]

function entityOf(facts: Facts, scope: Scope, id: string | undefined): FactEntity {
  const [whole] = facts.entities('account')
  if (scope === 'account' && (id === undefined || id === whole!.id)) return whole!
  if (id === undefined) {
    throw new ProblemError('invalid-request', `A forecast of one ${scope} needs its id.`, {
      errors: [{ where: 'query.id', message: 'is needed' }],
    })
  }
  const entity = facts.entities(scope).find((one) => (one.id ?? one.name) === id)
  if (entity === undefined) throw new ProblemError('not-found', `${facts.account.name} has no ${scope} ${id}.`)
  return entity
}
