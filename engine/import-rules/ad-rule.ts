/** An automated rule as the API returns it (`adrules_library`). Its specs may have any form, so they are read without assumptions. */

export interface AdRuleSource {
  readonly id: string
  readonly name: string
  readonly status: string
  readonly evaluation_spec: unknown
  readonly execution_spec: unknown
  readonly schedule_spec: unknown
}

/** A condition of a rule, or an option of its action: Meta uses the same form for both. */
export interface Filter {
  readonly field: string
  readonly operator: string
  readonly value: unknown
}

export const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Returns the elements of a list that have a field. */
export const filtersOf = (list: unknown): Filter[] =>
  (Array.isArray(list) ? (list as unknown[]) : []).map(recordOf).flatMap(({ field, operator, value }) => {
    const name = textOf(field)
    return name === '' ? [] : [{ field: name, operator: textOf(operator), value }]
  })

/** Returns a number that is given as a number or as text; null for anything else. */
export function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'string' || value.trim() === '') return null
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}

export const textsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? (value as unknown[]) : [value])
    .filter((one) => typeof one === 'string' || typeof one === 'number')
    .map(String)
