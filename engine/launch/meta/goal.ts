/** Checks an ad set's goal, destination and promoted object against its campaign's objective, and fills in what follows from the rest. */

import { didYouMean } from '../../diagnostic/nearest.js'
import type { Objective } from '../../metric/attributes.js'
import { GOAL_ROWS, type GoalRow, goalsOf } from './odax.js'

export interface GoalQuestion {
  readonly objective: Objective
  readonly goal: string
  /** Null if it is not in the file. */
  readonly destination: string | null
  /** Keys of the promoted object in the file. */
  readonly promoted: readonly string[]
  /** Whether all ads of the ad set have the same page. */
  readonly hasPage: boolean
}

interface GoalFault {
  readonly at: 'optimization_goal' | 'destination_type' | 'promoted_object'
  readonly message: string
  readonly hint: string
}

export type GoalAnswer =
  | { readonly fault: GoalFault }
  /** `destination` is the one to fill in, null if none; `promotesPage` is whether to fill in the page of the ads as promoted object. */
  | { readonly fault: null; readonly destination: string | null; readonly promotesPage: boolean }

export function resolveGoal({ objective, goal, destination, promoted, hasPage }: GoalQuestion): GoalAnswer {
  const ofGoal = GOAL_ROWS[objective].filter((row) => row.goal === goal)
  if (ofGoal.length === 0) {
    const goals = goalsOf(objective)
    const hint = didYouMean(goal, goals) ?? `it has ${goals.map(code).join(', ')}`
    return { fault: { at: 'optimization_goal', message: `${code(objective)} is not optimised for ${code(goal)}`, hint } }
  }
  const placed = rowsAt(ofGoal, destination)
  if (placed.length === 0) {
    const possible = unique(ofGoal.map((row) => row.destination ?? 'WEBSITE'))
    const message =
      destination === null
        ? `${code(goal)} of ${code(objective)} has several destinations, and the spec names none`
        : `${code(goal)} of ${code(objective)} does not lead to ${code(destination)}`
    return { fault: { at: 'destination_type', message, hint: `one of ${possible.map(code).join(', ')}` } }
  }
  const filled = destination === null ? placed[0]!.destination : null
  const has = new Set(promoted)
  if (has.has('custom_conversion_id')) has.add('custom_event_type')
  const lacks = placed.map((row) => row.promoted.filter((key) => !has.has(key)))
  if (lacks.some((keys) => keys.length === 0)) return { fault: null, destination: filled, promotesPage: false }
  if (hasPage && lacks.some((keys) => keys.length === 1 && keys[0] === 'page_id')) {
    return { fault: null, destination: filled, promotesPage: true }
  }
  const valid = unique(placed.map((row) => row.promoted.map(code).join(' and ')))
  const message = `${code(goal)} of ${code(objective)} needs a \`promoted_object\` with ${valid.join(', or ')}`
  return { fault: { at: 'promoted_object', message, hint: exampleOf(placed) } }
}

/** Returns the rows with the destination. Without one: those for a website or an app, or else those of the only destination. */
function rowsAt(rows: readonly GoalRow[], destination: string | null): readonly GoalRow[] {
  if (destination !== null) {
    return rows.filter(
      (row) =>
        row.destination === destination ||
        (row.destination === null &&
          (destination === 'WEBSITE' || (destination === 'APP' && row.promoted.includes('application_id')))),
    )
  }
  const plain = rows.filter((row) => row.destination === null)
  if (plain.length > 0) return plain
  return unique(rows.map((row) => row.destination)).length === 1 ? rows : []
}

const EXAMPLES: Readonly<Record<string, string>> = {
  pixel_id: '"1234567890"',
  custom_event_type: 'PURCHASE',
  page_id: '"1234567890"',
  application_id: '"1234567890"',
  object_store_url: '"https://apps.apple.com/app/id1"',
  product_set_id: '"1234567890"',
  place_page_set_id: '"1234567890"',
}

const exampleOf = (rows: readonly GoalRow[]): string =>
  `for example \`promoted_object: { ${rows[0]!.promoted.map((key) => `${key}: ${EXAMPLES[key] ?? '…'}`).join(', ')} }\``

const unique = <T>(values: readonly T[]): readonly T[] => [...new Set(values)]

const code = (text: string): string => `\`${text}\``
