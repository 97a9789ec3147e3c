/** Custom metrics: their definitions, with the window of each use. */

import { findAttribute } from '../../metric/attributes.js'
import { findMetric } from '../../metric/catalogue.js'
import type { Span } from '../syntax.js'
import type { CallTree, NameTree, Tree, Word } from './syntax-tree.js'
import type { Vocabulary } from './vocabulary.js'

/**
 * A use: `margin_roas[last_7d]`, `campaign.margin_roas[today]`. Everything in the resulting tree gets the span of the use. If that
 * is null, as when the definition itself is read, everything keeps its own span.
 */
interface Use extends Pick<NameTree, 'owner' | 'window'> {
  readonly span: Span | null
}

/** Returns the definition with the use's window and owner in each of its metrics. */
export function withWindow(definition: Tree, use: Use, vocabulary: Vocabulary): Tree {
  return mapped(definition, use, (name) => (isMetric(name, vocabulary) ? { ...name, window: use.window } : name))
}

/** Returns the definition with each metric replaced by its forecast: a ratio is computed from the forecasts of its parts. */
export function withForecast(definition: Tree, use: Use, horizon: Tree, vocabulary: Vocabulary): Tree {
  const span = use.span ?? definition.span
  const word = { text: 'forecast', span }
  return mapped(definition, use, (name): NameTree | CallTree =>
    isMetric(name, vocabulary) ? { kind: 'call', owner: null, name: word, arguments: [name, horizon], within: null, span } : name,
  )
}

export const isMetric = (name: NameTree, vocabulary: Vocabulary): boolean =>
  name.actionType !== null || findMetric(name.name.text) !== undefined || vocabulary.metrics?.has(name.name.text) === true

function mapped(tree: Tree, use: Use, change: (name: NameTree) => Tree): Tree {
  const inner = (each: Tree): Tree => mapped(each, use, change)
  const span = use.span ?? tree.span
  const moved = <W extends Word | null>(word: W): W => (word === null || use.span === null ? word : { ...word, span })
  switch (tree.kind) {
    case 'name': {
      // Attributes of the clock and of the account have no other owner.
      const attribute = findAttribute(tree.name.text)
      const owned = attribute === undefined || attribute.of === 'entity'
      return change({ ...tree, owner: moved(tree.owner ?? (owned ? use.owner : null)), name: moved(tree.name), span })
    }
    case 'number':
      return { ...tree, unit: moved(tree.unit), span }
    case 'call':
      return { ...tree, name: moved(tree.name), within: moved(tree.within), arguments: tree.arguments.map(inner), span }
    case 'negate':
      return { ...tree, operand: inner(tree.operand), span }
    case 'arithmetic':
      return { ...tree, left: inner(tree.left), right: inner(tree.right), span }
    default:
      return { ...tree, span }
  }
}

/** Returns the names that a definition uses, as often as they occur. */
export function namesIn(tree: Tree): readonly NameTree[] {
  switch (tree.kind) {
    case 'name':
      return [tree]
    case 'call':
      return tree.arguments.flatMap(namesIn)
    case 'negate':
      return namesIn(tree.operand)
    case 'arithmetic':
      return [...namesIn(tree.left), ...namesIn(tree.right)]
    default:
      return []
  }
}
