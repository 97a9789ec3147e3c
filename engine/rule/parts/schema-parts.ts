/** Parts of the schema of rule files that keys and steps share. */

import { Type } from 'typebox'

import type { YamlNode } from '../../document/yaml-file.js'

/** Rejects other keys. */
export const closed = { additionalProperties: false } as const

export const text = (description: string, ...examples: string[]) => Type.String({ description, examples })

/** Read as text: YAML reads a bare number as a number. */
export const quantity = (description: string, ...examples: string[]) =>
  Type.Unsafe<string>({ type: ['string', 'number'], description, examples })

/** Conditions nest, and `condition.ts` reads them itself, because it knows YAML's pitfalls. */
export const condition = (description: string) => Type.Unsafe<YamlNode>({ $ref: '#/$defs/condition', description })

export const template = (description: string, ...examples: string[]) =>
  text(`${description}; expressions are in braces`, ...examples)

/** The value of the steps `budget` and `bid`. */
export const amountChange = (what: string) =>
  Type.Union(
    [
      quantity('Relative or absolute', '+15%', '-20%', '500 TRY'),
      Type.Object(
        {
          change: quantity('Relative or absolute', '+15%', '-20%', '500 TRY'),
          min: Type.Optional(quantity(`The ${what} is never set below`, '200 TRY')),
          max: Type.Optional(quantity(`The ${what} is never set above`, '2000 TRY')),
        },
        closed,
      ),
    ],
    { examples: ['+15%'] },
  )
