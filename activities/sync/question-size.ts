/**
 * How much is asked of Meta at once. Large accounts are refused pages that small ones are answered, and Meta names no limit: a
 * page that is refused is halved for the next try, which is Temporal's, and what was answered is kept for the next ticks.
 */

import { ConnectorError } from '../../connectors/connector-error.js'
import { HOUR } from '../../engine/clock/zone.js'
import { forgetQuestionSize, keepQuestionSize, questionSize } from '../../store/account/question-sizes.js'
import type { ActivityDependencies } from '../base/dependencies.js'

export interface PageSizes {
  /** Rows; the first try. */
  readonly largest: number
  /** Rows; a smaller page is not tried. */
  readonly smallest: number
  /** Whether Meta can be asked for a report where even the smallest page is too large. */
  readonly hasReports: boolean
}

/** Of campaigns, ad sets and ads: lists have no reports to fall back on. */
export const LIST_PAGES: PageSizes = { largest: 200, smallest: 12, hasReports: false }

/** After so long twice as much is tried again: an outage looks like a page that is too large, and accounts shrink. */
const TRY_MORE_AFTER = 3 * HOUR

/**
 * Asks with the page that is known to be answered.
 *
 * @param question what is asked, apart from the days that it moves along with
 * @param work is given the page, or null where only a report will do
 * @throws what `work` throws; after `page-too-large` the next try asks for less
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

  /** A size that goes on to be answered is as old as its first answer, so that more is tried one day. */
  async function learnedAtOf(page: number | null): Promise<number> {
    const known = await questionSize(store, account, question)
    return known !== null && known.page === page ? known.learnedAt : now()
  }

  /** @returns whether anything smaller is left to try; what is refused at every size is an outage, and asked as ever later */
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
