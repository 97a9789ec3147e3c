/** Limits how often a tick does work that reads whole accounts and is not needed every minute. */

import type { Store } from '../../store/base/store.js'

const last = new WeakMap<Store, Map<string, number>>()

/** Whether `what` last began in this process at least `every` milliseconds ago. If so, `now` is remembered as its new beginning. */
export function isTimeFor(store: Store, what: string, every: number, now: number): boolean {
  let times = last.get(store)
  if (times === undefined) last.set(store, (times = new Map<string, number>()))
  const before = times.get(what)
  if (before !== undefined && now - before < every && now >= before) return false
  times.set(what, now)
  return true
}

/** Lets `what` be tried again at once, because it failed. */
export function forget(store: Store, what: string): void {
  last.get(store)?.delete(what)
}
