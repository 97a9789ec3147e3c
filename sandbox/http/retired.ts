/** What Graph no longer accepts: from anyone since 2026-10-27, or from new apps (such as the sandbox's) since 2026-11-04. */

import { GraphError, invalidParameter } from '../protocol/errors.js'
import type { Call } from '../request/call.js'

const RETIRED: Readonly<Record<string, string>> = {
  ids: 'Requests for multiple ids are not supported. Send a request for each id, in a batch if need be',
  method: 'Overriding the method is not supported for this app. Use the HTTP method itself',
  callback: 'JSONP is not supported for this app',
}

/** @throws GraphError 100, and 3 for a batch that is to be run asynchronously */
export function refuseRetired({ path, parameters }: Call): void {
  for (const [name, message] of Object.entries(RETIRED)) if (name in parameters) throw invalidParameter(message)
  if (!path.endsWith('/async_batch_requests')) return
  throw new GraphError({
    message: '(#3) Application does not have the capability to make this API call.',
    type: 'OAuthException',
    code: 3,
  })
}
