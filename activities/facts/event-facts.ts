/** Adds the JSON of the event that triggered a rule to the facts, where `payload.…` reads it. */

import type { Facts } from '../../engine/facts/facts.js'

export function withPayload(facts: Facts, payload: unknown): Facts {
  return {
    account: facts.account,
    at: facts.at,
    entities: (scope) => facts.entities(scope),
    owner: (entity, scope) => facts.owner(entity, scope),
    ...(facts.isInNoGroup && { isInNoGroup: (entity) => facts.isInNoGroup!(entity) }),
    attribute: (entity, attribute) => facts.attribute(entity, attribute),
    total: (entity, measure, days) => facts.total(entity, measure, days),
    hourlyTotal: (entity, measure, hours) => facts.hourlyTotal(entity, measure, hours),
    ...(facts.goal && { goal: (entity) => facts.goal!(entity) }),
    ...(facts.attribution && { attribution: (entity) => facts.attribution!(entity) }),
    ...(facts.resultsDifference && { resultsDifference: (entity, days) => facts.resultsDifference!(entity, days) }),
    knownDays: () => facts.knownDays(),
    lifetimeTotal: (entity, measure) => facts.lifetimeTotal(entity, measure),
    payload,
    ...(facts.forecast && { forecast: (...asked) => facts.forecast!(...asked) }),
    ...(facts.expected && { expected: (...asked) => facts.expected!(...asked) }),
    ...(facts.anomaly && { anomaly: (...asked) => facts.anomaly!(...asked) }),
  }
}
