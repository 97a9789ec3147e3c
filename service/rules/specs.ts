/** From spec files to launches, each with its own text. */

import type { Settings } from '../../engine/account/account.js'
import type { Diagnostic } from '../../engine/diagnostic/diagnostic.js'
import { loadLaunches } from '../../engine/launch/read/load.js'
import type { LaunchSpec } from '../../store/launches/launches.js'
import type { TextFile } from './project-files.js'

export interface ReadSpecs {
  /** Those without a fault of their own. */
  readonly launches: readonly LaunchSpec[]
  /** Accounts by key, also of those with a fault; null where a file says none. */
  readonly keys: ReadonlyMap<string, string | null>
  readonly diagnostics: readonly Diagnostic[]
}

/** @param settings null where there is no sound `tetik.yaml`: then only the form is judged */
export function readSpecs(files: readonly TextFile[], settings: Settings | null, now?: number): ReadSpecs {
  const { launches, keys, diagnostics } = loadLaunches(files, settings, now === undefined ? {} : { now })
  const texts = new Map(files.map(({ path, text }) => [path, text]))
  return { launches: launches.map((launch) => ({ launch, text: texts.get(launch.file) ?? '' })), keys, diagnostics }
}
