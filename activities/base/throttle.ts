/** Work that a tick may do and need not do each minute: whole accounts are read for it. */

import type { Store } from '../../store/base/store.js'

const last = new WeakMap<Store, Map<string, number>>()

/** Whether `what` was not begun for so long, milliseconds, in this process. Then it counts as begun. */
export function isTimeFor(store: Store, what: string, every: number, now: number): boolean {
  let times = last.get(store)
  if (times === undefined) last.set(store, (times = new Map<string, number>()))
  const before = times.get(what)
  if (before !== undefined && now - before < every && now >= before) return false
  times.set(what, now)
  return true
}

/** It failed, and may be tried again at once. */
export function forget(store: Store, what: string): void {
  last.get(store)?.delete(what)
}
