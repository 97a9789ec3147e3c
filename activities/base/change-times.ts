/** How long a change may be on its way, for all who judge by that. */

/** Longer than any try of a change goes on, milliseconds. */
export const TRIED_FOR = 20 * 60_000
/** For so long after its sending a change whose answer was lost may still be made or become visible, milliseconds. */
export const MAY_ARRIVE = 2 * 60_000
