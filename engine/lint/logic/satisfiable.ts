/** Whether formulas can hold together. "No" is certain; "yes" only means that no contradiction was found. */

import type { AtomTable } from './atom.js'
import type { Formula } from './formula.js'
import { canAllHold, type Inequality } from './inequalities.js'
import { canBothFit, covers, isLiteral, literalPattern, type Pattern } from './text-pattern.js'

/** After trying this many alternatives the search gives up and answers "yes". */
const MOST_CHOICES = 3000

type TextFormula = Formula & { readonly kind: 'text' }
type Alternatives = Formula & { readonly kind: 'any' }

interface State {
  readonly inequalities: Inequality[]
  readonly texts: Map<string, TextFormula[]>
  readonly flags: Map<string, boolean>
  readonly open: Alternatives[]
}

export function canHoldTogether(formulas: readonly Formula[], atoms: AtomTable): boolean {
  return new Search(atoms).canHold({ inequalities: [], texts: new Map(), flags: new Map(), open: [] }, formulas)
}

class Search {
  #choices = 0

  constructor(private readonly atoms: AtomTable) {}

  canHold(state: State, formulas: readonly Formula[]): boolean {
    for (const formula of formulas) if (!add(state, formula)) return false
    if (!this.#isConsistent(state)) return false
    const next = state.open.shift()
    if (next === undefined) return true
    for (const part of next.parts) {
      this.#choices += 1
      if (this.#choices > MOST_CHOICES) return true
      if (this.canHold(copy(state), [part])) return true
    }
    return false
  }

  #isConsistent({ inequalities, texts }: State): boolean {
    for (const [key, formulas] of texts) if (!canAllFit(formulas, this.atoms.domain(key).choices)) return false
    return canAllHold(inequalities, this.atoms)
  }
}

/** Adds a formula to the state. Returns false if it contradicts at once. */
function add(state: State, formula: Formula): boolean {
  switch (formula.kind) {
    case 'all':
      return formula.parts.every((part) => add(state, part))
    case 'any':
      if (formula.parts.length === 1) return add(state, formula.parts[0]!)
      state.open.push(formula as Alternatives)
      return formula.parts.length > 0
    case 'linear':
      state.inequalities.push(formula)
      return true
    case 'text': {
      const list = state.texts.get(formula.key)
      if (list === undefined) state.texts.set(formula.key, [formula])
      else list.push(formula)
      return true
    }
    case 'flag': {
      const before = state.flags.get(formula.key)
      state.flags.set(formula.key, formula.wanted)
      return before === undefined || before === formula.wanted
    }
    case 'open':
      return true
  }
}

const copy = ({ inequalities, texts, flags, open }: State): State => ({
  inequalities: [...inequalities],
  texts: new Map([...texts].map(([key, list]) => [key, [...list]])),
  flags: new Map(flags),
  open: [...open],
})

/** Whether a single text can satisfy all formulas. */
function canAllFit(formulas: readonly TextFormula[], choices: readonly string[] | null): boolean {
  const wanted = formulas.filter((formula) => formula.wanted).map(({ patterns }) => patterns)
  const unwanted = formulas.filter((formula) => !formula.wanted).flatMap(({ patterns }) => patterns)
  const candidates = choices?.map(literalPattern) ?? wanted.find((patterns) => patterns.every(isLiteral))
  const fits = (candidate: Pattern, patterns: readonly Pattern[]) => patterns.some((pattern) => canBothFit(candidate, pattern))
  if (candidates !== undefined) {
    return candidates.some((candidate) => wanted.every((patterns) => fits(candidate, patterns)) && !fits(candidate, unwanted))
  }
  for (const [index, patterns] of wanted.entries()) {
    const left = patterns.filter((pattern) => !unwanted.some((general) => covers(general, pattern)))
    if (left.length === 0) return false
    for (const others of wanted.slice(index + 1)) if (!left.some((pattern) => fits(pattern, others))) return false
  }
  return true
}
