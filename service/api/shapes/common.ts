/** Shapes that several responses share. A shape with a `title` becomes a named schema of the OpenAPI document. */

import Type, { type Static, type TProperties, type TSchema } from 'typebox'

/** An enum of strings. */
export const oneOf = <const T extends readonly string[]>(
  values: T,
  options: { description?: string; default?: T[number] } = {},
) => Type.Unsafe<T[number]>({ type: 'string', enum: [...values], ...options })

/** A sentence in both languages. */
export const inWords = (description: string) =>
  Type.Object({ en: Type.String(), tr: Type.String() }, { description, additionalProperties: false })

export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** An object without additional fields, so that a misspelt field is an error. */
export const shape = <T extends TProperties>(title: string, properties: T, description?: string) =>
  Type.Object(properties, { title, additionalProperties: false, ...(description === undefined ? {} : { description }) })

export const Instant = Type.String({ format: 'date-time', description: 'ISO 8601 with offset, to the millisecond' })
export const Day = Type.String({ format: 'date', description: 'ISO date in the account’s time zone' })

export const Money = shape(
  'Money',
  {
    minor: Type.Integer({
      minimum: 0,
      maximum: 1e12,
      description: 'Minor units as Meta counts them: 57500 is 575.00 TRY, or 57,500 JPY',
    }),
    currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217' }),
  },
  'An amount with its currency. Budgets have no other form, so that 500 can’t be mistaken for 5.00.',
)
export type Money = Static<typeof Money>

export const Scope = oneOf(['account', 'group', 'campaign', 'adset', 'ad'])

/** A page of a list. */
export const pageOf = <T extends TSchema>(title: string, item: T) =>
  shape(title, {
    data: Type.Array(item),
    next: nullable(Type.String({ description: 'Pass it as `cursor` to get the next page; null on the last page' })),
  })

export const cursorQuery = (limit: { readonly byDefault: number; readonly most: number }) => ({
  cursor: Type.Optional(Type.String({ maxLength: 1000, description: '`next` of the previous page' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: limit.most, default: limit.byDefault })),
})
