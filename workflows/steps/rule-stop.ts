/** Knows whether the rule of a carry-out was stopped, and cancels the work that a stop cuts short. */

import { CancellationScope, isCancellation, setHandler } from '@temporalio/workflow'

import type { Stopped } from '../../activities/base/contract.js'
import { ruleStopped } from '../base/contracts.js'

export class RuleStop {
  #reason: string | null = null
  #cutShort: CancellationScope | null = null

  /** Registers the signal's handler. */
  constructor() {
    setHandler(ruleStopped, ({ reason }) => {
      this.learn(reason)
      this.#cutShort?.cancel()
    })
  }

  /** Why the rule was stopped; null if it was not. */
  get reason(): string | null {
    return this.#reason
  }

  /** Sets the reason, unless there is one already. Null is ignored. */
  learn(reason: string | null): void {
    this.#reason ??= reason
  }

  /** Runs work that may be retried for hours, and cancels it as soon as the rule is stopped. */
  async unlessStopped<T extends object>(work: () => Promise<T>): Promise<T | Stopped> {
    const scope = new CancellationScope()
    this.#cutShort = scope
    try {
      return await scope.run(work)
    } catch (error) {
      const isOurs = isCancellation(error) && !CancellationScope.current().consideredCancelled
      if (isOurs && this.#reason !== null) return { stopped: this.#reason }
      throw error
    } finally {
      this.#cutShort = null
    }
  }
}
