/** Seeded random numbers: a seed repeats the same work and faults, though not at the same moments of the processes. */

export interface Dice {
  /** From 0 (inclusive) to 1 (exclusive). */
  roll(): number
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number
  happens(probability: number): boolean
  pick<T>(of: readonly T[]): T
}

/** Mulberry32: 32 bits of state are enough to choose what a test does. */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0
  const roll = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (least: number, most: number): number => least + Math.floor(roll() * (most - least + 1))
  return {
    roll,
    between,
    happens: (probability) => roll() < probability,
    pick: (of) => {
      if (of.length === 0) throw new Error('nothing to pick from')
      return of[between(0, of.length - 1)]!
    },
  }
}
