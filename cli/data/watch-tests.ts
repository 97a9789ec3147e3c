/** Runs tests again whenever a file that they depend on changes, until Ctrl-C. */

import { stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

import { watch } from 'chokidar'

import { projectFolder } from '../base/rule-sets.js'
import { fault } from '../base/stderr-lines.js'
import type { TestRun } from './run-tests.js'

/** Milliseconds. Files saved within this time count as one change. */
const QUIET = 150

/** @param once runs the tests and shows the result; an error that it throws is shown and does not end the watch */
export async function watchTests(paths: readonly string[], folder: string, once: () => Promise<TestRun>): Promise<void> {
  const watcher = watch([], { ignoreInitial: true, ignored: (path) => /(^|\/)(node_modules|\.git|\.tetik)(\/|$)/.test(path) })
  const ended = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  let timer: NodeJS.Timeout | null = null
  let running = false
  let again = false

  const run = async (): Promise<void> => {
    if (running) {
      again = true
      return
    }
    running = true
    do {
      again = false
      try {
        const { read } = await once()
        // Watching the folders too finds files that are new or were missing.
        watcher.add([...new Set([...read, ...read.map((path) => dirname(path))])])
      } catch (error) {
        fault(error)
      }
      process.stderr.write(`waiting for changes (Ctrl-C to stop)\n`)
    } while (again)
    running = false
  }

  watcher.add(await foldersOf(paths, folder))
  watcher.on('all', (_, path) => {
    if (!/\.ya?ml$/.test(path)) return
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(() => void run(), QUIET)
  })
  await run()
  await ended
  if (timer !== null) clearTimeout(timer)
  await watcher.close()
}

/** Returns the folders of the given paths, so that new test files are found. */
async function foldersOf(paths: readonly string[], folder: string): Promise<string[]> {
  const folders: string[] = []
  for (const path of paths.length > 0 ? paths : [await projectFolder(folder)]) {
    const full = resolve(folder, path)
    const stats = await stat(full).catch(() => null)
    folders.push(stats?.isDirectory() ? full : dirname(full))
  }
  return folders
}
