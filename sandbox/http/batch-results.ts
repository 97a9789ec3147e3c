/** References such as `{result=name:$.data.*.id}`, by which a request of a batch uses the answer of another. */

const REFERENCE = /\{result=([^:{}]+):(\$[^{}]*)\}/g

/** Names of the answers that a text refers to, whether its values are encoded or not. */
export const namesOf = (text: string): string[] => [...decoded(text).matchAll(REFERENCE)].map(([, name = '']) => name)

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A single % is an ordinary character.
    return text
  }
}

/** Replaces every reference by the values that it finds, separated by commas. */
export function withResults(text: string, bodies: ReadonlyMap<string, unknown>): string {
  return text.replace(REFERENCE, (_all, name: string, path: string) => find(bodies.get(name), path).map(textOf).join(','))
}

/** The part of JSONPath that Graph documents: names, indexes and `*`. */
function find(value: unknown, path: string): unknown[] {
  const steps = [...path.matchAll(/\.(\*|[A-Za-z_]\w*)|\[(\*|\d+)\]/g)].map(([, name, index]) => name ?? index ?? '')
  return steps.reduce<unknown[]>(
    (found, step) =>
      found.flatMap((each) => {
        if (typeof each !== 'object' || each === null) return []
        if (step === '*') return Object.values(each) as unknown[]
        return Object.hasOwn(each, step) ? [(each as Record<string, unknown>)[step]] : []
      }),
    [value],
  )
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
