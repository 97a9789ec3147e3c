import { join } from 'node:path'

import { readRuleSets } from '../../../cli/base/rule-sets.js'
import { checkRuleSets } from '../../../cli/data/check-rules.js'

/** Returns what `tetik check` finds in a folder next to this file: `file:line code: hint` of each fault, in order. */
export async function checkFolder(folder: string, paths: readonly string[] = []): Promise<readonly string[]> {
  const place = join(import.meta.dirname, folder)
  const sets = await readRuleSets(paths, place)
  const { diagnostics } = checkRuleSets(sets, false, { now: Date.UTC(2026, 2, 10), complete: paths.length === 0, folder: place })
  return diagnostics.map(({ file, line, code, hint }) => `${file}:${line} ${code}${hint === undefined ? '' : `: ${hint}`}`)
}
