/** Reads spec files into launches, each with its text. */

import type { Settings } from '../../engine/account/account.js'
import type { Diagnostic } from '../../engine/diagnostic/diagnostic.js'
import { loadLaunches } from '../../engine/launch/read/load.js'
import type { LaunchSpec } from '../../store/launches/launches.js'
import type { TextFile } from './project-files.js'

export interface ReadSpecs {
  /** Specs without errors. */
  readonly launches: readonly LaunchSpec[]
  /** Accounts by key, including specs with errors; null if a spec names none. */
  readonly keys: ReadonlyMap<string, string | null>
  readonly diagnostics: readonly Diagnostic[]
}

/** @param settings null if there is no valid `tetik.yaml`; then only the specs' form is checked */
export function readSpecs(files: readonly TextFile[], settings: Settings | null, now?: number): ReadSpecs {
  const { launches, keys, diagnostics } = loadLaunches(files, settings, now === undefined ? {} : { now })
  const texts = new Map(files.map(({ path, text }) => [path, text]))
  return { launches: launches.map((launch) => ({ launch, text: texts.get(launch.file) ?? '' })), keys, diagnostics }
}
