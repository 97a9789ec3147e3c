/** The last `capacity` numbers, kept sorted: quantiles of a moving window. A push costs a binary search and a move of memory. */

export class SortedWindow {
  readonly #sorted: Float64Array
  readonly #ring: Float64Array
  #next = 0
  #size = 0

  constructor(readonly capacity: number) {
    this.#sorted = new Float64Array(capacity)
    this.#ring = new Float64Array(capacity)
  }

  get size(): number {
    return this.#size
  }

  /** Adds a finite number; drops the oldest one if the window is full. */
  push(value: number): void {
    if (this.#size === this.capacity) this.#remove(this.#ring[this.#next]!)
    const at = this.#position(value)
    this.#sorted.copyWithin(at + 1, at, this.#size)
    this.#sorted[at] = value
    this.#size++
    this.#ring[this.#next] = value
    this.#next = (this.#next + 1) % this.capacity
  }

  /** Returns the value below which a share of the numbers lies, interpolated; NaN if there are none. */
  quantile(share: number): number {
    if (this.#size === 0) return NaN
    const exact = share * (this.#size - 1)
    const below = Math.floor(exact)
    const part = exact - below
    const low = this.#sorted[below]!
    const high = this.#sorted[Math.min(below + 1, this.#size - 1)]!
    // Not `low + (high - low) * part`: the difference may overflow.
    return low * (1 - part) + high * part
  }

  median(): number {
    return this.quantile(0.5)
  }

  #remove(value: number): void {
    const at = this.#position(value)
    this.#sorted.copyWithin(at, at + 1, this.#size)
    this.#size--
  }

  /** Returns the index of the first number that is not below `value`. */
  #position(value: number): number {
    let low = 0
    let high = this.#size
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#sorted[middle]! < value) low = middle + 1
      else high = middle
    }
    return low
  }
}
