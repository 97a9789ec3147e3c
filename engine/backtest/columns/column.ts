/** The values of many entities at one moment, in typed arrays. It is for many entities what `Value` is for one. */

import { AtLeast, Unknown, type Value } from '../../value/value.js'

/** One number per entity. NaN means unknown, since known values are never NaN or infinite. */
export interface Column {
  readonly values: Float64Array
  /** 1 if the number is only a lower bound ("at least"). Valid only if `someAtLeast`. */
  readonly atLeast: Uint8Array
  /** The same memory as `atLeast`, four entities per word, as in `Truths`. */
  readonly atLeastWords: Int32Array
  someAtLeast: boolean
}

export function createColumn(length: number): Column {
  const atLeastWords = new Int32Array(Math.ceil(length / 4))
  return {
    values: new Float64Array(length),
    atLeast: new Uint8Array(atLeastWords.buffer, 0, length),
    atLeastWords,
    someAtLeast: false,
  }
}

/** Sets the value of an entity. Texts and yes-or-no are not numbers, so they become unknown. */
export function setValue(column: Column, index: number, value: Value): void {
  const isAtLeast = value instanceof AtLeast
  if (isAtLeast && !column.someAtLeast) {
    column.atLeast.fill(0)
    column.someAtLeast = true
  }
  if (column.someAtLeast) column.atLeast[index] = isAtLeast ? 1 : 0
  column.values[index] = isAtLeast ? value.bound : typeof value === 'number' ? value : NaN
}

const NOT_KNOWN = new Unknown('it is not known')

export function valueAt({ values, atLeast, someAtLeast }: Column, index: number): Value {
  const value = values[index]!
  if (Number.isNaN(value)) return NOT_KNOWN
  return someAtLeast && atLeast[index] === 1 ? new AtLeast(value) : value
}

/** Sets the same value for all entities. */
export function fillColumn(column: Column, value: Value): void {
  column.someAtLeast = false
  setValue(column, 0, value)
  column.values.fill(column.values[0]!)
  if (column.someAtLeast) column.atLeast.fill(1)
}
