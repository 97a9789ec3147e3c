/** Facts in which an entity exists only from its first row on, as in the columnar evaluation. */

import { dayNumberAt } from '../clock/zone.js'
import type { WindowedFacts } from '../facts/facts-of-dataset.js'
import type { FactEntity } from '../facts/facts.js'
import type { Scope } from '../value/scope.js'
import type { Universe } from './columns/entity-order.js'

export function withKnownEntities(facts: WindowedFacts, universe: Universe): WindowedFacts {
  const today = dayNumberAt(facts.at, facts.account.timezone)
  const known = new Map<Scope, readonly FactEntity[]>()
  const entities = (scope: Scope): readonly FactEntity[] => {
    let found = known.get(scope)
    if (found === undefined) {
      const firstDays = universe.firstDays(scope)
      found = facts.entities(scope).filter((_, place) => firstDays[place]! <= today)
      known.set(scope, found)
    }
    return found
  }
  return {
    account: facts.account,
    at: facts.at,
    ...(facts.payload === undefined ? {} : { payload: facts.payload }),
    entities,
    owner: (entity, scope) => facts.owner(entity, scope),
    ...(facts.isInNoGroup && { isInNoGroup: (entity) => facts.isInNoGroup!(entity) }),
    attribute: (entity, attribute) => facts.attribute(entity, attribute),
    total: (entity, measure, days) => facts.total(entity, measure, days),
    hourlyTotal: (entity, measure, hours) => facts.hourlyTotal(entity, measure, hours),
    knownDays: () => facts.knownDays(),
    lifetimeTotal: (entity, measure) => facts.lifetimeTotal(entity, measure),
    whyUnknown: (days) => facts.whyUnknown(days),
    ...(facts.forecast ? { forecast: facts.forecast.bind(facts) } : {}),
    ...(facts.expected ? { expected: facts.expected.bind(facts) } : {}),
    ...(facts.anomaly ? { anomaly: facts.anomaly.bind(facts) } : {}),
  }
}
