/** Which Temporal to use: an external one (`TEMPORAL_ADDRESS` or a `temporal.toml` profile), else the one that tetik starts. */

import { loadClientConnectConfig } from '@temporalio/envconfig'

import { DEFAULT_NAMESPACE } from '../../temporal.config.js'

type ConnectionOptions = ReturnType<typeof loadClientConnectConfig>['connectionOptions']

export interface TemporalSettings {
  /** For `Connection.connect` and `NativeConnection.connect`. Contains credentials: never log it. */
  readonly connectionOptions: ConnectionOptions
  /** `host:port` */
  readonly address: string
  readonly namespace: string
  /** Whether it is external; `tetik up` then starts none. */
  readonly external: boolean
  /** The web UI: `TEMPORAL_UI_URL`, else that of tetik's own server; null if there is none or it is not known. */
  readonly uiUrl: string | null
  /** Port of tetik's own server. */
  readonly port: number
  /** Port of its web UI; null for none. */
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
    // Credentials of a profile without an address are not for tetik's own server.
    connectionOptions: external ? { ...loaded.connectionOptions, address } : { address },
    address,
    namespace: loaded.namespace ?? variables['TEMPORAL_NAMESPACE'] ?? DEFAULT_NAMESPACE,
    external,
    uiUrl: variables['TEMPORAL_UI_URL'] ?? (external || ports.uiPort === null ? null : `http://127.0.0.1:${ports.uiPort}`),
    ...ports,
  }
}
