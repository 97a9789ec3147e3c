/** Returns JSON text with sorted keys at every depth, so that equal values have equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => (isPlainObject(inner) ? sorted(inner) : inner))
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function sorted(value: Record<string, unknown>): Record<string, unknown> {
  const keys = Object.keys(value)
  if (keys.every((key, index) => index === 0 || keys[index - 1]! < key)) return value
  return Object.fromEntries(keys.sort().map((key) => [key, value[key]]))
}
