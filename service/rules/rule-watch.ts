/** Watches `tetik.yaml`, `rules/` and `specs/`, and reports changes once they have settled. */

import { basename, join, sep } from 'node:path'

import { watch } from 'chokidar'

import { isRuleFile, RULES_FOLDER, SETTINGS_FILE, SPECS_FOLDER } from './project-files.js'

/**
 * Files are read only after nothing has changed for this long, milliseconds: an editor may remove a file before it writes it, and
 * checking out a branch does so with many.
 */
const QUIET = 1_000

export interface RuleWatch {
  /** Resolves when it watches and `changed` has been called for the existing files. */
  readonly ready: Promise<void>
  close(): Promise<void>
}

/**
 * Calls `changed` as soon as it watches, since a file written just before would not be reported, and then after every change; calls
 * never overlap. It watches the whole project folder and ignores other files: a single watched file would be lost once it is removed.
 */
export function watchRules(folder: string, changed: () => Promise<void>, warn: (line: string) => void): RuleWatch {
  const settings = join(folder, SETTINGS_FILE)
  const folders = [RULES_FOLDER, SPECS_FOLDER].map((name) => join(folder, name))
  const isOurs = (path: string): boolean =>
    path === folder || path === settings || folders.some((own) => path === own || path.startsWith(`${own}${sep}`))
  const watcher = watch(folder, { ignoreInitial: true, ignored: (path) => !isOurs(join(path)) })
  let timer: NodeJS.Timeout | undefined
  let working: Promise<void> = Promise.resolve()
  // The system may be out of watches; the process goes on without one.
  watcher.on('error', (error) => {
    const why = error instanceof Error ? error.message : String(error)
    warn(`Changes of ${SETTINGS_FILE} and ${RULES_FOLDER}/ may not be noticed until rules are reloaded: ${why}`)
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
