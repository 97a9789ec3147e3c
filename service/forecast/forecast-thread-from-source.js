/** Loads the thread's TypeScript, for tests and for running from source: a worker thread does not inherit its parent's loader. */

import { register } from 'tsx/esm/api'

register()
const { runForecast } = await import('./forecast-thread.ts')

export { runForecast }
