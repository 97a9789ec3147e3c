/** Small counts judged as counts: two instead of four is chance, none instead of forty is not. */

/** From here on a count's residual is as good as normal. */
export const SMALL_COUNT = 50
/** Half a count in twenty points: of twenty points without one nobody knows that less is to be expected. */
const LEAST_COUNT = 0.05
/** Anscombe's shift, with which the root of a Poisson count has a variance of a quarter whatever its mean. */
const SHIFT = 3 / 8

/** What is expected of a count, as far as the points of late can say. */
export const knowable = (mean: number): number => Math.max(mean, LEAST_COUNT)

/**
 * The standard normal deviate that is as unlikely as a count is, by its mid-p value (half of its own probability counts).
 *
 * @param mean expected count, above zero
 * @param extra how much its variance exceeds a Poisson count's, as a share of the mean's square: negative binomial, 0 for Poisson
 */
export function countDeviate(count: number, mean: number, extra: number): number {
  const { below, at } = countProbability(count, mean, extra)
  const above = Math.max(0, 1 - below - at)
  const lower = below + at / 2
  return lower <= 0.5 ? normalQuantile(Math.max(lower, LEAST)) : -normalQuantile(Math.max(above + at / 2, LEAST))
}

/** The count at so many standard deviations from its mean, by Anscombe's root; never below none. */
export function countAt(deviates: number, mean: number, extra: number): number {
  const root = Math.sqrt(mean + SHIFT) + (deviates * Math.sqrt(1 + extra * mean)) / 2
  return root <= 0 ? 0 : Math.max(0, root ** 2 - SHIFT)
}

/** Keeps deviates within about eight either way. */
const LEAST = 1e-15
/** Below this extra variance the two distributions are indistinguishable, and the sums below would lose their digits. */
const POISSON = 1e-6

/** Probabilities of fewer, and of exactly so many, by the recurrence from none upwards. */
function countProbability(count: number, mean: number, extra: number): { below: number; at: number } {
  const poisson = extra < POISSON
  const size = 1 / extra
  const odds = mean / (mean + size)
  let at = Math.exp(poisson ? -mean : -size * Math.log1p(mean / size))
  let below = 0
  for (let k = 0; k < count; k++) {
    below += at
    at *= poisson ? mean / (k + 1) : (odds * (k + size)) / (k + 1)
    // Far out in the upper tail nothing is left to add.
    if (k > mean && at < LEAST) return { below, at }
  }
  return { below, at }
}

/** Inverse of the standard normal distribution below the middle: Abramowitz and Stegun 26.2.23, error under 0.00045. */
export function normalQuantile(probability: number): number {
  const t = Math.sqrt(-2 * Math.log(probability))
  return -(t - (2.515517 + 0.802853 * t + 0.010328 * t ** 2) / (1 + 1.432788 * t + 0.189269 * t ** 2 + 0.001308 * t ** 3))
}
