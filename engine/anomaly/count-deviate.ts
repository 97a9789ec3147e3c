/** Judges small counts by their own distribution: two instead of four is chance, zero instead of forty is not. */

/** From this mean on, the residuals of a count are close enough to normal. */
export const SMALL_COUNT = 50
/** The smallest mean that is assumed: twenty points without a single count do not show that the mean is lower than this. */
const LEAST_COUNT = 0.05
/** Anscombe's shift: the square root of a Poisson count plus 3/8 has a variance of about a quarter, whatever the mean. */
const SHIFT = 3 / 8

/** Returns the mean, but no less than recent points can establish. */
export const knowable = (mean: number): number => Math.max(mean, LEAST_COUNT)

/**
 * Returns the standard normal deviate that is as unlikely as the count, by its mid-p value (half of the count's own probability
 * is included).
 *
 * @param mean expected count, above zero
 * @param extra variance beyond that of a Poisson count, as a share of the squared mean (negative binomial); 0 for Poisson
 */
export function countDeviate(count: number, mean: number, extra: number): number {
  const { below, at } = countProbability(count, mean, extra)
  const above = Math.max(0, 1 - below - at)
  const lower = below + at / 2
  return lower <= 0.5 ? normalQuantile(Math.max(lower, LEAST)) : -normalQuantile(Math.max(above + at / 2, LEAST))
}

/** Returns the count that lies `deviates` standard deviations from the mean, by Anscombe's square root; never below zero. */
export function countAt(deviates: number, mean: number, extra: number): number {
  const root = Math.sqrt(mean + SHIFT) + (deviates * Math.sqrt(1 + extra * mean)) / 2
  return root <= 0 ? 0 : Math.max(0, root ** 2 - SHIFT)
}

/** The smallest probability used; it keeps deviates within about ±8. */
const LEAST = 1e-15
/** With less extra variance the negative binomial equals the Poisson distribution, and its formulas would lose precision. */
const POISSON = 1e-6

/** Returns the probabilities of a lower count and of exactly this count, by recurrence from zero upwards. */
function countProbability(count: number, mean: number, extra: number): { below: number; at: number } {
  const poisson = extra < POISSON
  const size = 1 / extra
  const odds = mean / (mean + size)
  let at = Math.exp(poisson ? -mean : -size * Math.log1p(mean / size))
  let below = 0
  for (let k = 0; k < count; k++) {
    below += at
    at *= poisson ? mean / (k + 1) : (odds * (k + size)) / (k + 1)
    // Far out in the upper tail the remaining probabilities are negligible.
    if (k > mean && at < LEAST) return { below, at }
  }
  return { below, at }
}

/** Standard normal quantile for probabilities up to 0.5: Abramowitz and Stegun 26.2.23, error under 0.00045. */
export function normalQuantile(probability: number): number {
  const t = Math.sqrt(-2 * Math.log(probability))
  return -(t - (2.515517 + 0.802853 * t + 0.010328 * t ** 2) / (1 + 1.432788 * t + 0.189269 * t ** 2 + 0.001308 * t ** 3))
}
