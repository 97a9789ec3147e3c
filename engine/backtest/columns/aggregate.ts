/** Functions over the entities that `where` selects, computed on columns. */

import { aggregateOver } from '../../expression/evaluate/aggregate.js'
import type { Selection } from '../../expression/evaluate/selection.js'
import type { Expression } from '../../expression/syntax.js'
import type { FactEntity } from '../../facts/facts.js'
import type { Scope } from '../../value/scope.js'
import type { Value } from '../../value/value.js'
import { type Column, createColumn, setValue, valueAt } from './column.js'
import type { ColumnScope } from './compile-expression.js'
import type { Universe } from './entity-order.js'
import { type Moment, type Node, oncePerMoment } from './moment.js'

/** Indexes of entities in their roll. */
export interface SelectedPlaces {
  readonly selected: readonly number[]
  /** Entities for which it is unknown whether `where` selects them. */
  readonly doubtful: readonly number[]
}

export type SelectionNode = Node<SelectedPlaces>

/** Returns the selection in the form that the live evaluator needs; null if there is none. */
export function selectedFacts({ selection }: ColumnScope, moment: Moment, entities: readonly FactEntity[]): Selection | null {
  if (selection === null) return null
  const { selected, doubtful } = selection.node(moment)
  return { selected: selected.map((place) => entities[place]!), doubtful: doubtful.map((place) => entities[place]!) }
}

/** @param operand the values to add up or rank; null for `count()` */
export function aggregateColumn(
  expression: Expression & { kind: 'aggregate' },
  universe: Universe,
  scope: Scope,
  selection: SelectionNode,
  operand: Node<Column> | null,
): Node<Column> {
  const out = createColumn(universe.roll(scope).entities.length)
  const campaigns = expression.within === 'campaign' ? universe.owners(scope, 'campaign') : null
  return oncePerMoment((moment) => {
    const column = operand?.(moment) ?? null
    const valueOf = (place: number): Value => (column === null ? 0 : valueAt(column, place))
    out.someAtLeast = false
    out.values.fill(NaN)
    for (const { selected, doubtful } of groupsOf(selection(moment), campaigns)) {
      const answer = aggregateOver(expression.function, { selected: selected.map(valueOf), doubtful: doubtful.map(valueOf) })
      for (const members of [selected, doubtful]) for (const place of members) setValue(out, place, answer(valueOf(place)))
    }
    return out
  })
}

/** Groups the selection by campaign. An entity without a known campaign is in no group, so its result stays unknown. */
function groupsOf(all: SelectedPlaces, campaigns: Int32Array | null): Iterable<SelectedPlaces> {
  if (campaigns === null) return [all]
  const groups = new Map<number, { selected: number[]; doubtful: number[] }>()
  for (const kind of ['selected', 'doubtful'] as const) {
    for (const place of all[kind]) {
      const campaign = campaigns[place]!
      if (campaign < 0) continue
      let group = groups.get(campaign)
      if (group === undefined) groups.set(campaign, (group = { selected: [], doubtful: [] }))
      group[kind].push(place)
    }
  }
  return groups.values()
}
