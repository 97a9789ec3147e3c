/** A launch's version: a hash of what it means, so that white space, comments and the order of keys make no other launch of it. */

import { hashOf } from './canonical.js'
import type { LaunchSpec } from './launch-spec.js'

/** SHA-256, hex. The file's place is not part of the meaning, apart from the media next to it. */
export const launchVersionOf = (launch: Omit<LaunchSpec, 'version'>): string =>
  hashOf({ ...launch, line: undefined, currency: undefined, timezone: undefined })
