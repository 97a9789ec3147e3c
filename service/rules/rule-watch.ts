/** Watches `tetik.yaml`, `rules/` and `specs/`, and says when it is quiet after a change. */

import { basename, join, sep } from 'node:path'

import { watch } from 'chokidar'

import { isRuleFile, RULES_FOLDER, SETTINGS_FILE, SPECS_FOLDER } from './project-files.js'

/**
 * An editor that saves removes a file and writes it again, and a checkout of another branch does so with many: files are read only
 * after nothing has changed for this long. Milliseconds.
 */
const QUIET = 1_000

export interface RuleWatch {
  /** Every change is seen from here on, and `changed` was called for the files that existed before. */
  readonly ready: Promise<void>
  close(): Promise<void>
}

/**
 * Calls `changed` once it watches, since nothing reports a file that was written just before, and then after every change, never
 * before its last call is done. It watches the project's folder and reacts only to our files: a file that is watched by itself is
 * lost when it is removed, and would not be seen when it returns.
 */
export function watchRules(folder: string, changed: () => Promise<void>, warn: (line: string) => void): RuleWatch {
  const settings = join(folder, SETTINGS_FILE)
  const folders = [RULES_FOLDER, SPECS_FOLDER].map((name) => join(folder, name))
  const isOurs = (path: string): boolean =>
    path === folder || path === settings || folders.some((own) => path === own || path.startsWith(`${own}${sep}`))
  const watcher = watch(folder, { ignoreInitial: true, ignored: (path) => !isOurs(join(path)) })
  let timer: NodeJS.Timeout | undefined
  let working: Promise<void> = Promise.resolve()
  // The system may have no room for one watch more, and that is no reason to end.
  watcher.on('error', (error) => {
    const why = error instanceof Error ? error.message : String(error)
    warn(`Changes of ${SETTINGS_FILE} and ${RULES_FOLDER}/ may go unseen until they are reloaded: ${why}`)
  })
  watcher.on('all', (_event, path) => {
    const name = basename(path)
    if (name !== SETTINGS_FILE && /\.[^.]+$/.test(name) && !isRuleFile(name)) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      working = working.then(changed)
    }, QUIET)
  })
  return {
    ready: new Promise((resolve) => watcher.once('ready', () => void (working = working.then(changed).then(resolve)))),
    close: async () => {
      clearTimeout(timer)
      await watcher.close()
      await working
    },
  }
}
