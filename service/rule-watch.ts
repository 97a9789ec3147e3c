/** Watches `tetik.yaml`, `rules/` and `specs/`, and says when it is quiet after a change. */

import { watch } from 'chokidar'
import { basename, join } from 'node:path'

import { isRuleFile, RULES_FOLDER, SETTINGS_FILE, SPECS_FOLDER } from './project-files.js'

/**
 * An editor that saves takes a file away and puts it back, a checkout of another branch does so with many: only when nothing
 * changed for this long is what stands there read. Milliseconds.
 */
const QUIET = 1_000

export interface RuleWatch {
  close(): Promise<void>
}

/** Never calls `changed` before its last call is done. */
export function watchRules(folder: string, changed: () => Promise<void>): RuleWatch {
  const paths = [RULES_FOLDER, SPECS_FOLDER, SETTINGS_FILE].map((name) => join(folder, name))
  const watcher = watch(paths, { ignoreInitial: true })
  let timer: NodeJS.Timeout | undefined
  let working: Promise<void> = Promise.resolve()
  watcher.on('all', (_event, path) => {
    const name = basename(path)
    if (name !== SETTINGS_FILE && /\.[^.]+$/.test(name) && !isRuleFile(name)) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      working = working.then(changed)
    }, QUIET)
  })
  return {
    close: async () => {
      clearTimeout(timer)
      await watcher.close()
      await working
    },
  }
}
