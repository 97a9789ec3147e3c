/** Running totals of many entities: the sum of each entity before each day, with the entities of one day adjacent in memory. */

/** Whether a total is an integer within 2^30 of zero. Such totals need half the memory, and their differences fit into 32 bits. */
const isNarrow = (total: number): boolean => (total << 1) >> 1 === total

export class RunningTotals {
  /** `[day * entities + entity]`: the sum of all earlier days, as long as all sums are `isNarrow`. */
  #narrow: Int32Array | null
  /** The same once a sum is not. */
  #wide = new Float64Array()
  /** Whether all numbers are integers, so that differences have no rounding errors. */
  #isWhole = true

  constructor(
    private readonly entities: number,
    days: number,
  ) {
    this.#narrow = new Int32Array((days + 1) * entities)
  }

  /** @param byDay the numbers of an entity that was not added before */
  add(entity: number, byDay: Float64Array): void {
    if (this.#narrow !== null) {
      if (addNarrow(this.#narrow, this.entities, entity, byDay)) return
      this.#wide = new Float64Array(this.#narrow)
      this.#narrow = null
    }
    if (!addWide(this.#wide, this.entities, entity, byDay)) this.#isWhole = false
  }

  /** Writes the sums of all entities from one day (counted from 0) to the day before another. */
  sum(out: Float64Array, from: number, to: number): void {
    const [first, last] = [from * this.entities, to * this.entities]
    if (this.#narrow !== null) subtractNarrow(out, this.#narrow, first, last)
    else if (this.#isWhole) subtract(out, this.#wide, first, last)
    else subtractNoisy(out, this.#wide, first, last)
  }
}

/** @returns false if a total does not fit; then the entity must be added again in the wide format */
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

/** @returns whether all totals are integers */
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
 * Computes the same as `withoutNoise` of the differences, bit by bit, but without branches: rounding does not change integers, and
 * `Math.round`, which is not a single instruction, is the next integer above unless that is more than one half away.
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
