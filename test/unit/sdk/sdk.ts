/** Meta's own Node SDK, pointed at a sandbox instead of Meta. */

import sdk, { type FacebookAdsApi, type Node } from 'facebook-nodejs-business-sdk'

import { IDENTITY } from '../../../sandbox/base/identity.js'

export { sdk }

/** @param version The package's own one, v24.0, ended on 2026-11-10. */
export function sdkAt(url: string, version = 'v27.0'): FacebookAdsApi {
  const values = { GRAPH: url, GRAPH_VIDEO: url, VERSION: version }
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(sdk.FacebookAdsApi, name, { configurable: true, get: () => value })
  }
  return sdk.FacebookAdsApi.init(IDENTITY.token, 'en_US', false)
}

/** Returns the SDK's class of a node type, by Meta's name. */
export function nodeClass(name: string): typeof Node {
  const type = sdk[name]
  if (type === undefined) throw new Error(`The SDK has no ${name}.`)
  return type
}
