/** Reads launch specs from their files, and keeps the text of each. */

import type { Settings } from '../../engine/account/account.js'
import type { Diagnostic } from '../../engine/diagnostic/diagnostic.js'
import { loadLaunches } from '../../engine/launch/read/load.js'
import type { NewLaunchSpecRow } from '../../store/launches/launches.js'
import type { TextFile } from './project-files.js'

export interface ReadSpecs {
  /** Specs without errors. */
  readonly launches: readonly NewLaunchSpecRow[]
  /** Accounts by key, including specs with errors; null if a spec names none. */
  readonly keys: ReadonlyMap<string, string | null>
  readonly diagnostics: readonly Diagnostic[]
}

/** @param settings null if there is no valid `tetik.yaml`; then only the specs' form is checked */
export function readSpecs(files: readonly TextFile[], settings: Settings | null, now?: number): ReadSpecs {
  const { launches, keys, diagnostics } = loadLaunches(files, settings, now === undefined ? {} : { now })
  const texts = new Map(files.map(({ path, text }) => [path, text]))
  return { launches: launches.map((spec) => ({ spec, text: texts.get(spec.file) ?? '' })), keys, diagnostics }
}
