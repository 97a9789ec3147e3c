/** A launch's version: a hash of what it means, so that white space, comments and the order of keys make no other launch of it. */

import { hashOf } from './canonical.js'
import type { Launch } from './launch.js'

/** SHA-256, hex. Where the file stands is no meaning, but for the media beside it. */
export const launchVersionOf = (launch: Omit<Launch, 'version'>): string =>
  hashOf({ ...launch, line: undefined, currency: undefined, timezone: undefined })
