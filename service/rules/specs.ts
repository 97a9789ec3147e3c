/** Reads launch specs from their files, and keeps the text of each. */

import type { Settings } from '../../engine/account/account.js'
import type { Diagnostic } from '../../engine/diagnostic/diagnostic.js'
import { loadLaunches } from '../../engine/launch/read/load.js'
import type { NewLaunchSpecRow } from '../../store/launches/launches.js'
import type { TextFile } from './project-files.js'

export interface ReadSpecs {
  /** The specs without an error of their own. */
  readonly launches: readonly NewLaunchSpecRow[]
  /** Account by key of every spec, also of specs with errors; null if the file does not name one. */
  readonly keys: ReadonlyMap<string, string | null>
  readonly diagnostics: readonly Diagnostic[]
}

/** @param settings null without a valid `tetik.yaml`: then only the form is checked */
export function readSpecs(files: readonly TextFile[], settings: Settings | null, now?: number): ReadSpecs {
  const { launches, keys, diagnostics } = loadLaunches(files, settings, now === undefined ? {} : { now })
  const texts = new Map(files.map(({ path, text }) => [path, text]))
  return { launches: launches.map((spec) => ({ spec, text: texts.get(spec.file) ?? '' })), keys, diagnostics }
}
