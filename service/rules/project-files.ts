/** The user's own files as text: `tetik.yaml` and everything in `rules/` and `specs/`. */

import { readdir, readFile, stat } from 'node:fs/promises'
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
  /** In the order of their paths. */
  readonly specs: readonly TextFile[]
}

export const SETTINGS_FILE = 'tetik.yaml'
export const RULES_FOLDER = 'rules'
export const SPECS_FOLDER = 'specs'
/** Larger files are nobody's rules or specs, and would only cost memory. */
const LARGEST = 2 * 1024 * 1024

/** A file that is there and cannot be read: then nothing is known of what it says, which is not the same as its being gone. */
export class UnreadableFileError extends Error {
  override readonly name = 'UnreadableFileError'
}

export const isRuleFile = (path: string): boolean => /\.ya?ml$/.test(path) && !/\.test\.ya?ml$/.test(path)

/** @throws UnreadableFileError */
export async function readProjectFiles(folder: string): Promise<ProjectFiles> {
  return {
    settings: await readTextFile(folder, join(folder, SETTINGS_FILE)),
    rules: await readAll(folder, RULES_FOLDER),
    specs: await readAll(folder, SPECS_FOLDER),
  }
}

async function readAll(project: string, folder: string): Promise<TextFile[]> {
  const paths = await yamlFiles(project, join(project, folder))
  const files = await Promise.all(paths.map((path) => readTextFile(project, path)))
  // One that went away since it was listed is gone.
  return files.filter((file) => file !== null)
}

async function yamlFiles(project: string, folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    return (
      entries
        // A pipe or a device is nobody's rules; a link may lead to a file.
        .filter((entry) => (entry.isFile() || entry.isSymbolicLink()) && isRuleFile(entry.name))
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
    )
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw unreadable(project, folder, error)
  }
}

/** One file of the project, by its own path; null where it is not there. @throws UnreadableFileError */
export async function readTextFile(project: string, path: string): Promise<TextFile | null> {
  try {
    const found = await stat(path)
    // A pipe or a device would be waited for, perhaps for ever.
    if (!found.isFile()) throw new UnreadableFileError(`${nameOf(project, path)} is not a regular file.`)
    if (found.size > LARGEST)
      throw new UnreadableFileError(`${nameOf(project, path)} is larger than 2 MiB, which no such file is.`)
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
