/** Reads an ad set's optimisation goal, and checks that the campaign's objective supports it. */

import { fieldsOf, valuesOf } from '../catalog/catalog.js'
import { invalidParameter, refused } from '../protocol/errors.js'
import { enumParameter, idOf, isRecord, jsonParameter, type Parameters } from '../protocol/parameters.js'
import { checkAsset } from '../reading/assets.js'
import { required } from '../request/required.js'
import type { GraphObject } from '../state/objects.js'
import type { World } from '../world/world.js'
import {
  BILLED_BY_GOAL,
  BILLING_EVENTS,
  DESTINATIONS,
  type Objective,
  ODAX,
  OPTIMIZATION_GOALS,
  PLAIN_DESTINATIONS,
} from './odax.js'

const PROMOTED_KEYS = fieldsOf('AdPromotedObject')
/** The pixel's standard events. */
const EVENTS = valuesOf('AdPromotedObject', 'CustomEventType')

export interface Goal {
  readonly optimization_goal: string
  readonly billing_event: string
  readonly destination_type: string | null
  readonly promoted_object: Record<string, unknown> | null
}

/** @throws GraphError 100, with 2490408 if the objective does not support the goal */
export function readGoal(parameters: Parameters, campaign: GraphObject): Goal {
  const goal: Goal = {
    optimization_goal: required(enumParameter(parameters, 'optimization_goal', OPTIMIZATION_GOALS), 'optimization_goal'),
    billing_event: required(enumParameter(parameters, 'billing_event', BILLING_EVENTS), 'billing_event'),
    destination_type: enumParameter(parameters, 'destination_type', DESTINATIONS) ?? null,
    promoted_object: readPromotedObject(parameters),
  }
  checkGoal(goal, campaign.fields.objective as Objective)
  return goal
}

function checkGoal(goal: Goal, objective: Objective): void {
  const { optimization_goal: name, billing_event: billing, destination_type: destination, promoted_object: promoted } = goal
  const rows = ODAX[objective].filter(({ goals }) => goals.includes(name))
  const fitting = rows.filter((row) => leadsTo(destination, row.destination))
  if (fitting.length === 0) {
    throw refused(
      2490408,
      "Performance goal isn't available",
      `You can't use the selected performance goal with your campaign objective${rows.length > 0 ? ' and this destination' : ''}. ` +
        'Try selecting a different performance goal or campaign objective.',
      [rows.length > 0 ? 'destination_type' : 'optimization_goal'],
    )
  }
  if (billing !== 'IMPRESSIONS' && BILLED_BY_GOAL[name] !== billing) {
    throw refused(
      null,
      'Billing event not available',
      `The billing event ${billing} cannot be used with the performance goal ${name}.`,
      ['billing_event'],
    )
  }
  const given = Object.keys(promoted ?? {})
  // A custom conversion takes the place of an event.
  const keys = given.includes('custom_conversion_id') ? [...given, 'custom_event_type'] : given
  if (fitting.some((row) => row.promoted.some((wanted) => wanted.every((key) => keys.includes(key))))) return
  throw promoted === null
    ? refused(
        null,
        'Promoted Object Is Missing',
        'You must select an object to promote that is related to your objective, for example a Page post, website URL, or app. Please add a promoted object and try again.',
        ['promoted_object'],
      )
    : refused(
        null,
        'Invalid Promoted Object',
        'The promoted object you have specified has an invalid combination of parameters. Please refer to the documentation.',
        ['promoted_object'],
      )
}

const PROMOTED_ASSETS = { custom_conversion_id: 'CustomConversion', page_id: 'Page', pixel_id: 'AdsPixel' } as const

/** @throws GraphError 100 for a pixel, a page or a conversion that the account does not have */
export function checkPromoted(world: World, promoted: Goal['promoted_object']): void {
  for (const [key, type] of Object.entries(PROMOTED_ASSETS)) {
    if (promoted?.[key] !== undefined) checkAsset(world, type, promoted[key], `promoted_object[${key}]`)
  }
  // For a website and an app together.
  const { pixel } = isRecord(promoted?.omnichannel_object) ? promoted.omnichannel_object : {}
  for (const [index, given] of (Array.isArray(pixel) ? (pixel as unknown[]) : []).entries()) {
    const id = isRecord(given) ? given.pixel_id : given
    checkAsset(world, 'AdsPixel', id, `promoted_object[omnichannel_object][pixel][${index}][pixel_id]`)
  }
}

/** Whether the given destination fits; an ad set without one gets the destination of its goal. */
function leadsTo(given: string | null, destination: string | null): boolean {
  if (given === null || given === destination) return true
  return destination === null && PLAIN_DESTINATIONS.includes(given)
}

/** @throws GraphError 100 for unknown keys and invalid ids */
export function readPromotedObject(parameters: Parameters): Record<string, unknown> | null {
  const given = jsonParameter(parameters, 'promoted_object')
  if (given === undefined || given === null) return null
  if (!isRecord(given)) throw invalidParameter('Param promoted_object must be an object')
  for (const [key, value] of Object.entries(given)) {
    if (!PROMOTED_KEYS.includes(key)) throw invalidParameter(`Param promoted_object has an unknown key: ${key}`)
    if (key.endsWith('_id') && idOf(value) === null) {
      throw invalidParameter(`Param promoted_object[${key}] must be a valid ID`)
    }
  }
  enumParameter({ 'promoted_object[custom_event_type]': given.custom_event_type }, 'promoted_object[custom_event_type]', EVENTS)
  return given
}
