/** Linear sums: quantities times coefficients, plus a constant. */

export interface Linear {
  readonly constant: number
  readonly terms: ReadonlyMap<string, number>
}

export const constantOf = (constant: number): Linear => ({ constant, terms: new Map() })
export const atomOf = (key: string, coefficient = 1): Linear => ({ constant: 0, terms: new Map([[key, coefficient]]) })

export const isConstant = ({ terms }: Linear): boolean => terms.size === 0

/** `one + factor × other`. */
export function plus(one: Linear, other: Linear, factor = 1): Linear {
  const terms = new Map(one.terms)
  for (const [key, coefficient] of other.terms) {
    const sum = (terms.get(key) ?? 0) + factor * coefficient
    if (sum === 0) terms.delete(key)
    else terms.set(key, sum)
  }
  return { constant: one.constant + factor * other.constant, terms }
}

export function times(linear: Linear, factor: number): Linear {
  if (factor === 0) return constantOf(0)
  return {
    constant: linear.constant * factor,
    terms: new Map([...linear.terms].map(([key, coefficient]) => [key, coefficient * factor])),
  }
}

/** Returns the same key for the same sum, whatever the order of its terms. */
export const linearKey = ({ constant, terms }: Linear): string =>
  [
    ...[...terms].sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, coefficient]) => `${coefficient}·${key}`),
    constant,
  ].join('+')

/** Returns the key and coefficient of a sum that is a single quantity times a number; null for any other sum. */
export function singleTerm({ constant, terms }: Linear): readonly [key: string, coefficient: number] | null {
  if (constant !== 0 || terms.size !== 1) return null
  const [term] = terms
  return term ?? null
}
