/** Running totals of many entities by day: what each added up to before each day, the entities of one day side by side. */

/**
 * Whether a total is whole and within 2^30 of zero: such ones take half of the space, and the difference of two of them is one
 * of the processor's integers.
 */
const isNarrow = (total: number): boolean => (total << 1) >> 1 === total

export class RunningTotals {
  /** `[day * entities + entity]`: the sum of all days before, while each `isNarrow`. */
  #narrow: Int32Array | null
  /** The same from then on. */
  #wide = new Float64Array()
  /** Whether all numbers are whole, so that differences have no noise. */
  #isWhole = true

  constructor(
    private readonly entities: number,
    days: number,
  ) {
    this.#narrow = new Int32Array((days + 1) * entities)
  }

  /** @param byDay the numbers of one entity, of which nothing was added before */
  add(entity: number, byDay: Float64Array): void {
    if (this.#narrow !== null) {
      if (addNarrow(this.#narrow, this.entities, entity, byDay)) return
      this.#wide = new Float64Array(this.#narrow)
      this.#narrow = null
    }
    if (!addWide(this.#wide, this.entities, entity, byDay)) this.#isWhole = false
  }

  /** The sums of all entities from one day, counted from 0, until the day before another. */
  sum(out: Float64Array, from: number, to: number): void {
    const [first, last] = [from * this.entities, to * this.entities]
    if (this.#narrow !== null) subtractNarrow(out, this.#narrow, first, last)
    else if (this.#isWhole) subtract(out, this.#wide, first, last)
    else subtractNoisy(out, this.#wide, first, last)
  }
}

/** @returns false if it does not fit, and then has to be added again */
function addNarrow(totals: Int32Array, entities: number, entity: number, byDay: Float64Array): boolean {
  let total = 0
  let place = entity
  for (let day = 0; day < byDay.length; day++) {
    total += byDay[day]!
    place += entities
    if (!isNarrow(total)) return false
    totals[place] = total
  }
  return true
}

/** @returns whether all totals are whole */
function addWide(totals: Float64Array, entities: number, entity: number, byDay: Float64Array): boolean {
  let total = 0
  let place = entity
  let isWhole = true
  for (let day = 0; day < byDay.length; day++) {
    total += byDay[day]!
    place += entities
    if (!Number.isSafeInteger(total)) isWhole = false
    totals[place] = total
  }
  return isWhole
}

function subtractNarrow(out: Float64Array, totals: Int32Array, from: number, to: number): void {
  for (let i = 0; i < out.length; i++) out[i] = (totals[to + i]! - totals[from + i]!) | 0
}

function subtract(out: Float64Array, totals: Float64Array, from: number, to: number): void {
  for (let i = 0; i < out.length; i++) out[i] = totals[to + i]! - totals[from + i]!
}

/**
 * `withoutNoise` of the differences, bit by bit the same, without its choices: a whole number comes out of the rounding as it
 * went in, and `Math.round`, which the processor cannot do at one go, is the next whole number above unless that is more than
 * a half away.
 */
function subtractNoisy(out: Float64Array, totals: Float64Array, from: number, to: number): void {
  for (let i = 0; i < out.length; i++) {
    const sum = totals[to + i]! - totals[from + i]!
    const scaled = sum * 10_000
    const above = Math.ceil(scaled)
    const rounded = (above - Number(above - 0.5 > scaled)) / 10_000
    out[i] = Math.abs(sum) > 1e11 ? sum : rounded
  }
}
