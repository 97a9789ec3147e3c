/** Deterministic random numbers: everything random in the sandbox is a hash of the seed and its subject. */

const mix = (hash: number, value: number): number => {
  let next = hash ^ Math.imul(value | 0, 0xcc9e2d51)
  next = Math.imul((next << 13) | (next >>> 19), 5) + 0xe6546b64
  return next | 0
}

const finish = (hash: number): number => {
  let next = hash
  next = Math.imul(next ^ (next >>> 16), 0x85ebca6b)
  next = Math.imul(next ^ (next >>> 13), 0xc2b2ae35)
  return (next ^ (next >>> 16)) >>> 0
}

/** Returns a 32-bit hash of a text (FNV-1a), as input for `uniform`. */
export function textHash(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash | 0
}

/** Returns a uniformly distributed number in [0, 1), from the seed and any whole numbers (MurmurHash3's mixing). */
export function uniform(seed: number, ...about: readonly number[]): number {
  let hash = seed | 0
  for (const value of about) hash = mix(hash, value)
  return finish(hash ^ about.length) / 4_294_967_296
}

/**
 * The same as `uniform(seed, ...before, about)` for one `about` after another: the part before it is mixed once. Delivery
 * draws some thirty numbers an hour this way.
 */
export function drawsAfter(seed: number, ...before: readonly number[]): (about: number) => number {
  let prefix = seed | 0
  for (const value of before) prefix = mix(prefix, value)
  const count = before.length + 1
  return (about) => finish(mix(prefix, about) ^ count) / 4_294_967_296
}

/** Exponentially distributed with the given mean, from one uniform number. */
export const exponential = (u: number, mean: number): number => -Math.log(1 - u) * mean

/** Standard normal from two uniform numbers (Box and Muller). */
export const normal = (u: number, v: number): number => Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * v)

/**
 * The u-quantile of the Poisson distribution with mean `lambda`: never falls while lambda grows, so a count drawn with a fixed u
 * only ever rises as a day fills up.
 */
export function poissonQuantile(u: number, lambda: number): number {
  if (lambda <= 0) return 0
  let probability = Math.exp(-lambda)
  let cumulative = probability
  let count = 0
  while (cumulative < u && count < 10_000) {
    count += 1
    probability *= lambda / count
    cumulative += probability
    if (probability < 1e-300 && count > lambda) break
  }
  return count
}
