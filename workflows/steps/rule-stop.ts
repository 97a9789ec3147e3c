/** Whether a carry-out's rule was stopped meanwhile, and what that cuts short. */

import { CancellationScope, isCancellation, setHandler } from '@temporalio/workflow'

import type { Stopped } from '../../activities/base/contract.js'
import { ruleStopped } from '../base/contracts.js'

export class RuleStop {
  #reason: string | null = null
  #cutShort: CancellationScope | null = null

  /** Hears the signal from now on. */
  constructor() {
    setHandler(ruleStopped, ({ reason }) => {
      this.learn(reason)
      this.#cutShort?.cancel()
    })
  }

  /** Null while it was not stopped. */
  get reason(): string | null {
    return this.#reason
  }

  /** The first reason counts; null says nothing. */
  learn(reason: string | null): void {
    this.#reason ??= reason
  }

  /** Work that may be tried for hours is given up as soon as the rule is stopped. */
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
