/**
 * Decides how many rows to request from Meta at once. Meta refuses pages for large accounts that it answers for small ones, and
 * documents no limit. So a page that was refused is halved for Temporal's next attempt, and the size that was answered is stored
 * for the next ticks.
 */

import { ConnectorError } from '../../connectors/connector-error.js'
import { HOUR } from '../../engine/clock/zone.js'
import { forgetQuestionSize, keepQuestionSize, questionSize } from '../../store/account/question-sizes.js'
import type { ActivityDependencies } from '../base/dependencies.js'

export interface PageSizes {
  /** Rows of the first attempt. */
  readonly largest: number
  /** Rows of the smallest page that is tried. */
  readonly smallest: number
  /** Whether a report can be requested if even the smallest page is too large. */
  readonly hasReports: boolean
}

/** For campaigns, ad sets and ads: there are no reports of lists. */
export const LIST_PAGES: PageSizes = { largest: 200, smallest: 12, hasReports: false }

/**
 * After this time a page of twice the size is tried, because an outage looks like a page that is too large, and accounts shrink.
 */
const TRY_MORE_AFTER = 3 * HOUR

/**
 * Runs `work` with the page size that is known to work, and learns from its outcome.
 *
 * @param question identifies the kind of request, without its dates
 * @param work gets the page size, or null if only a report works
 * @throws the errors of `work`; after `page-too-large` the next attempt uses a smaller page
 */
export async function inPages<T>(
  { store, now }: ActivityDependencies,
  account: string,
  question: string,
  sizes: PageSizes,
  work: (page: number | null) => Promise<T>,
): Promise<T> {
  const page = await pageToTry()
  try {
    const answer = await work(page)
    if (page === sizes.largest) await forgetQuestionSize(store, account, question)
    else await keep(page, await learnedAtOf(page))
    return answer
  } catch (error) {
    if (error instanceof ConnectorError && page !== null) {
      if (error.kind === 'page-too-large' && !(await shrink(page))) throw outOfOrder(error)
      if (error.kind === 'too-much-data' && sizes.hasReports) await keep(null)
    }
    throw error
  }

  async function pageToTry(): Promise<number | null> {
    const known = await questionSize(store, account, question)
    if (known === null) return sizes.largest
    if (now() - known.learnedAt < TRY_MORE_AFTER) return known.page
    return known.page === null ? sizes.smallest : Math.min(sizes.largest, known.page * 2)
  }

  /** A size keeps the time of its first answer however often it works, so that a larger one is tried again eventually. */
  async function learnedAtOf(page: number | null): Promise<number> {
    const known = await questionSize(store, account, question)
    return known !== null && known.page === page ? known.learnedAt : now()
  }

  /**
   * Returns whether there is a smaller size to try. If every size was refused, it is an outage, and the largest size is used again.
   */
  async function shrink(page: number): Promise<boolean> {
    if (page > sizes.smallest) await keep(Math.max(sizes.smallest, Math.floor(page / 2)))
    else if (sizes.hasReports) await keep(null)
    else {
      await forgetQuestionSize(store, account, question)
      return false
    }
    return true
  }

  async function keep(page: number | null, learnedAt = now()): Promise<void> {
    await keepQuestionSize(store, account, question, { page, learnedAt })
  }
}

const outOfOrder = (error: ConnectorError): ConnectorError =>
  new ConnectorError(error.system, error.message, { ...error, kind: 'temporarily-unavailable' })
