/** How long a change may take to be made at Meta. */

/** Longer than all attempts of one change together, in milliseconds. */
export const TRIED_FOR = 20 * 60_000
/** How long after sending it a change whose answer was lost may still be made or become visible, in milliseconds. */
export const MAY_ARRIVE = 2 * 60_000
