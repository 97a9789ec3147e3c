/** New objects do not run at once: they are processed briefly, and ads are reviewed with their creative. */

import { type GraphError, refused } from '../protocol/errors.js'
import type { FieldValues, GraphObject, ObjectKind } from '../state/objects.js'

/** Milliseconds until a new object has its final state. */
const TIME: Readonly<Record<ObjectKind, number>> = { campaign: 2_000, adset: 2_000, creative: 2_000, ad: 6_000 }

/** Ads that link to this host or a subdomain are rejected, so that rejections can be tried out. */
const REJECTED_HOST = /(^|\.)disapproved\.example$/

/** Returns the fields of an object whose review begins now. */
export function inReview(kind: ObjectKind, creative: FieldValues | null, now: number): FieldValues {
  const review: FieldValues = { in_review_until: now + TIME[kind] }
  return kind === 'ad' ? { ...review, rejected: creative !== null && isRejected(creative) } : review
}

function isRejected({ link }: FieldValues): boolean {
  return typeof link === 'string' && URL.canParse(link) && REJECTED_HOST.test(new URL(link).hostname)
}

export const isDisapproved = ({ fields }: GraphObject, now: number): boolean =>
  fields.rejected === true && now >= Number(fields.in_review_until ?? 0)

/** Returns `issues_info` of a rejected ad. */
export const issuesOf = (object: GraphObject, now: number): unknown =>
  isDisapproved(object, now)
    ? [
        {
          level: 'AD',
          error_code: 1815869,
          error_summary: 'Ad rejected',
          error_message: 'Your ad was rejected because it doesn\u2019t comply with our Advertising Standards.',
          error_type: 'HARD_ERROR',
        },
      ]
    : undefined

export const rejectedCannotRun = (): GraphError =>
  refused(
    2490427,
    'Rejected ad cannot be activated',
    'This ad was rejected in review. Change its creative, or ask for another review, before you activate it.',
    ['status'],
  )
