/** The stop switch, as the API's process throws it. */

import type { ApiContext } from '../http/context.js'

/** What the switch works with, in the API's process. */
export const switchOf = ({ store, settings, now, temporal }: ApiContext) => ({
  store,
  settings: settings(),
  now,
  temporal: temporal.use.bind(temporal),
})
