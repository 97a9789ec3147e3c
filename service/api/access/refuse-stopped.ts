import { standingStop } from '../../../store/rules/stops.js'
import type { ApiContext } from '../http/context.js'
import { ProblemError } from '../http/problem.js'

/** @throws ProblemError `rules-stopped` if one of the accounts is stopped */
export async function refuseStopped({ store }: Pick<ApiContext, 'store'>, accounts: readonly string[]): Promise<void> {
  for (const account of accounts) {
    const stop = await standingStop(store, account)
    if (stop === undefined) continue
    throw new ProblemError('rules-stopped', `The rules of ${account} are stopped (${stop.reason}); resume them first.`)
  }
}
