/** Up to `chance` seasons, one model's or one side's larger errors are chance; from `known` seasons on they are trusted. */
const SEASONS = { chance: 2, known: 10 }

/** Returns how far differences between errors seen over this many seasons are trusted: 0 is not at all, 1 is fully. */
export const errorConfidence = (seasons: number): number =>
  Math.min(1, Math.max(0, (seasons - SEASONS.chance) / (SEASONS.known - SEASONS.chance)))
