/** The context of the stop switch in the API's process. */

import type { ApiContext } from '../http/context.js'

export const switchOf = ({ store, settings, now, temporal }: ApiContext) => ({
  store,
  settings: settings(),
  now,
  temporal: temporal.use.bind(temporal),
})
