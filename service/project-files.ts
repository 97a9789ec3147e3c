/** The user's own files as text: `tetik.yaml` and everything in `rules/`. */

import { lstat, readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

export interface TextFile {
  /** Relative to the project's folder, with `/`: as diagnostics and the store name it. */
  readonly path: string
  readonly text: string
}

export interface ProjectFiles {
  /** Null where there is no `tetik.yaml`. */
  readonly settings: TextFile | null
  /** In the order of their paths; tests of rules (`*.test.yaml`) left out. */
  readonly rules: readonly TextFile[]
}

export const SETTINGS_FILE = 'tetik.yaml'
export const RULES_FOLDER = 'rules'
/** Larger files are nobody's rules, and would only cost memory. */
const LARGEST = 2 * 1024 * 1024

/** A file that is there and cannot be read: then nothing is known of what it says, which is not the same as its being gone. */
export class UnreadableFileError extends Error {
  override readonly name = 'UnreadableFileError'
}

export const isRuleFile = (path: string): boolean => /\.ya?ml$/.test(path) && !/\.test\.ya?ml$/.test(path)

/** @throws UnreadableFileError */
export async function readProjectFiles(folder: string): Promise<ProjectFiles> {
  const paths = await ruleFiles(folder, join(folder, RULES_FOLDER))
  const rules = await Promise.all(paths.map((path) => read(folder, path)))
  return {
    settings: await read(folder, join(folder, SETTINGS_FILE)),
    // One that went away since it was listed is gone.
    rules: rules.filter((file) => file !== null),
  }
}

async function ruleFiles(project: string, folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    return entries
      .filter((entry) => !entry.isDirectory() && isRuleFile(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw unreadable(project, folder, error)
  }
}

async function read(project: string, path: string): Promise<TextFile | null> {
  try {
    const { size } = await lstat(path)
    if (size > LARGEST) throw new UnreadableFileError(`${nameOf(project, path)} is larger than 2 MiB, which no rule file is.`)
    return { path: nameOf(project, path), text: await readFile(path, 'utf8') }
  } catch (error) {
    if (error instanceof UnreadableFileError) throw error
    if (codeOf(error) === 'ENOENT') return null
    throw unreadable(project, path, error)
  }
}

const unreadable = (project: string, path: string, error: unknown): UnreadableFileError =>
  new UnreadableFileError(`${nameOf(project, path)} cannot be read (${codeOf(error)}).`, { cause: error })

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown'

const nameOf = (project: string, path: string): string => relative(project, path).split(sep).join('/')
