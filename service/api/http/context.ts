/** What the routes work with. `startApi` creates it; tests create their own from the same parts. */

import type { Recipient, Settings } from '../../../engine/account/account.js'
import type { Diagnostic } from '../../../engine/diagnostic/diagnostic.js'
import type { Store } from '../../../store/base/store.js'
import type { RuleSetChange } from '../../../store/rules/rules.js'
import type { ForecastPool } from '../../forecast/forecast-pool.js'
import type { LiveDecisions } from './live-decisions.js'
import type { TemporalAccess } from './temporal-access.js'

/** `loaded` is null if the files have errors: the rules that were loaded before stay active. */
interface RuleReloadResult {
  readonly loaded: RuleSetChange | null
  readonly diagnostics: readonly Diagnostic[]
}

export interface ApiContext {
  readonly store: Store
  /** The installation's id (`store/base/installation.ts`). */
  readonly installation: string
  readonly temporal: TemporalAccess
  readonly live: LiveDecisions
  /** Worker threads: a forecast takes too long for the thread that answers requests. */
  readonly forecasts: ForecastPool
  /** `tetik.yaml` as it was last read without errors. */
  readonly settings: () => Settings
  /** Returns the recipient of tetik.yaml with this number (digits without `+`), or null. */
  readonly recipientOf: (waId: string) => Recipient | null
  /** Reads the rule files again, and loads them if none has an error. */
  readonly reloadRules: (temporal: TemporalAccess) => Promise<RuleReloadResult>
  /** The bearer token; it also signs the panel's sessions. */
  readonly token: string
  readonly whatsapp: {
    /** Our number's id; if null (not set), events of any number are processed. */
    readonly phoneId: string | null
    readonly verifyToken: string | null
    /** If null (not set), no signature can be checked and every webhook is refused. */
    readonly appSecret: string | null
  }
  /** Environment variables. Phone numbers and hook secrets are only here: tetik.yaml and the store have the variables' names. */
  readonly variables: Readonly<Record<string, string>>
  /** Temporal's web UI and namespace; null if the UI's address is not known. */
  readonly temporalUi: { readonly url: string; readonly namespace: string } | null
  /** Folder of the built panel; null if it is not built. */
  readonly panelFolder: string | null
  /** How long a request waits for its change before it answers 202, milliseconds. */
  readonly changeWait: number
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Logs a line: what failed, without request bodies or tokens. */
  readonly logError: (line: string) => void
}
