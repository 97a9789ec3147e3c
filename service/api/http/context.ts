/** What the routes work with. `startApi` makes one; tests make their own of the same parts. */

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
  /** Worker threads: a forecast takes too long for the thread that answers. */
  readonly forecasts: ForecastPool
  /** `tetik.yaml` as last read without a fault. */
  readonly settings: () => Settings
  /** Whose number this is, of tetik.yaml's recipients; null for anybody else. Digits without `+`. */
  readonly recipientOf: (waId: string) => Recipient | null
  /** Reads the rule files again, and loads them if none has an error. */
  readonly reloadRules: (temporal: TemporalAccess) => Promise<RuleReloadResult>
  /** The bearer token; sessions of the panel hang on it too. */
  readonly token: string
  readonly whatsapp: {
    /** Of our number; null where it is not set, and whatever comes is taken to be for us. */
    readonly phoneId: string | null
    readonly verifyToken: string | null
    /** Null if it is not set: then no signature can be checked, and every webhook is refused. */
    readonly appSecret: string | null
  }
  /** The environment's variables, for phone numbers and secrets of hooks, which are named and never written. */
  readonly variables: Readonly<Record<string, string>>
  /** Temporal's web UI and the namespace there; null where the UI is not known. */
  readonly temporalUi: { readonly url: string; readonly namespace: string } | null
  /** Folder of the built panel; null where there is none. */
  readonly panelFolder: string | null
  /** How long a change may take before the answer is 202, milliseconds. */
  readonly changeWait: number
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Takes a line for the log: what broke, without bodies or tokens. */
  readonly logError: (line: string) => void
}
