/** The thread as TypeScript, for tests and for running from source: a worker thread does not take its parent's loader over. */

import { register } from 'tsx/esm/api'

register()
const { runForecast } = await import('./forecast-thread.ts')

export { runForecast }
