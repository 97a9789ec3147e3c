/** Which Temporal to speak to: one that somebody runs (`TEMPORAL_ADDRESS` or a `temporal.toml` profile), else our own. */

import { loadClientConnectConfig } from '@temporalio/envconfig'

import { DEFAULT_NAMESPACE } from '../../temporal.config.js'

type ConnectionOptions = ReturnType<typeof loadClientConnectConfig>['connectionOptions']

export interface TemporalSettings {
  /** For `Connection.connect` and `NativeConnection.connect`. Holds credentials: never log it. */
  readonly connectionOptions: ConnectionOptions
  /** `host:port` */
  readonly address: string
  readonly namespace: string
  /** Whether somebody else runs it; `tetik up` then starts none. */
  readonly external: boolean
  /** The web UI of our own server, where it has one; of somebody else's it is known only if `TEMPORAL_UI_URL` says so. */
  readonly uiUrl: string | null
  /** Ports of our own server. */
  readonly port: number
  /** Null: our own server has no web UI. */
  readonly uiPort: number | null
}

export function temporalSettings(
  variables: Readonly<Record<string, string>>,
  ports: { readonly port: number; readonly uiPort: number | null },
  faults: string[],
): TemporalSettings {
  let loaded: ReturnType<typeof loadClientConnectConfig> = { connectionOptions: {} }
  try {
    loaded = loadClientConnectConfig({ overrideEnvVars: { ...variables } })
  } catch (error) {
    faults.push(`Temporal's profile (temporal.toml or TEMPORAL_…) cannot be used: ${(error as Error).message}.`)
  }
  const external = loaded.connectionOptions.address !== undefined
  const address = loaded.connectionOptions.address ?? `127.0.0.1:${ports.port}`
  return {
    // Credentials of a profile without an address belong to some other server than ours.
    connectionOptions: external ? { ...loaded.connectionOptions, address } : { address },
    address,
    namespace: loaded.namespace ?? variables['TEMPORAL_NAMESPACE'] ?? DEFAULT_NAMESPACE,
    external,
    uiUrl: variables['TEMPORAL_UI_URL'] ?? (external || ports.uiPort === null ? null : `http://127.0.0.1:${ports.uiPort}`),
    ...ports,
  }
}
