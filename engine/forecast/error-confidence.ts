/** Over so few seasons the errors of one model, or to one side, are larger than others' by chance; over so many they are known. */
const SEASONS = { chance: 2, known: 10 }

/** How far differences between errors are believed that were seen over so many seasons: 0 for not at all, 1 for wholly. */
export const errorConfidence = (seasons: number): number =>
  Math.min(1, Math.max(0, (seasons - SEASONS.chance) / (SEASONS.known - SEASONS.chance)))
