/** Keeps recently used values: when a generation is full, the one before it is dropped. */
export class BoundedCache<T> {
  #young = new Map<string, T>()
  #old = new Map<string, T>()

  /** @param size entries of a generation; at most twice as many are kept */
  constructor(private readonly size: number) {}

  get(key: string): T | undefined {
    const found = this.#young.get(key)
    if (found !== undefined) return found
    const older = this.#old.get(key)
    if (older !== undefined) this.set(key, older)
    return older
  }

  set(key: string, value: T): void {
    if (this.#young.size >= this.size) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(key, value)
  }
}
