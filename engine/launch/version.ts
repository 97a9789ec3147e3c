/** The version of a launch spec: a hash of its meaning, which white space, comments and the order of keys do not change. */

import { hashOf } from './canonical.js'
import type { LaunchSpec } from './launch-spec.js'

/** Returns the SHA-256, hex. The path of the file counts, because the media are next to it; the line does not. */
export const launchVersionOf = (spec: Omit<LaunchSpec, 'version'>): string =>
  hashOf({ ...spec, line: undefined, currency: undefined, timezone: undefined })
