/** Sends changed decisions to open pages, whichever process changed them. */

import type { Store } from '../../../store/base/store.js'
import { changedDecisions, latestChange } from '../../../store/decisions/decision-list.js'
import type { DecisionRow } from '../../../store/decisions/decisions.js'

/** How often the store's data version is compared, milliseconds: SQLite has this number in memory. */
const POLL = 250
/** The most decisions read at once. */
const BATCH = 200

type Listener = (decisions: readonly DecisionRow[]) => void

export interface LiveDecisions {
  /**
   * Calls `listener` with decisions in the order of their latest change, from `after` on (a change number; null is from now).
   *
   * @returns a function that stops it
   */
  listen(listener: Listener, after: number | null): Promise<() => void>
  /** The number of listeners. */
  readonly size: number
  /** Aborted by `close`. */
  readonly closed: AbortSignal
  /** Removes all listeners. */
  close(): void
}

export function liveDecisions(store: Store, onError: (error: unknown) => void): LiveDecisions {
  const listeners = new Map<Listener, number>()
  const closing = new AbortController()
  let timer: NodeJS.Timeout | null = null
  let seen = ''
  let hasNewListener = false

  async function poll(): Promise<void> {
    const version = store.dataVersion()
    if (version === seen && !hasNewListener) return
    hasNewListener = false
    await notifyListeners()
    seen = version
  }

  /** Each listener continues from its own position; one that was away for long gets several batches. */
  async function notifyListeners(): Promise<void> {
    for (const listener of [...listeners.keys()]) {
      for (;;) {
        const after = listeners.get(listener)
        if (after === undefined) break
        const changed = await changedDecisions(store, after, BATCH)
        if (changed.length === 0 || !listeners.has(listener)) break
        listeners.set(listener, changed.at(-1)!.change_number)
        listener(changed)
        if (changed.length < BATCH) break
      }
    }
  }

  function schedule(): void {
    timer ??= setTimeout(() => {
      void poll()
        .catch(onError)
        .finally(() => {
          timer = null
          if (listeners.size > 0) schedule()
        })
    }, POLL).unref()
  }

  return {
    closed: closing.signal,
    get size() {
      return listeners.size
    },
    async listen(listener, after) {
      const from = after ?? (await latestChange(store))
      listeners.set(listener, from)
      hasNewListener = true
      schedule()
      return () => void listeners.delete(listener)
    },
    close() {
      closing.abort()
      listeners.clear()
      if (timer !== null) clearTimeout(timer)
      timer = null
    },
  }
}
