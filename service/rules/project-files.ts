/** Reads the user's files as text: `tetik.yaml`, and the YAML files in `rules/` and `specs/`. */

import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

export interface TextFile {
  /** Relative to the project's folder, with `/`, as in diagnostics and the store. */
  readonly path: string
  readonly text: string
}

export interface ProjectFiles {
  /** Null if there is no `tetik.yaml`. */
  readonly settings: TextFile | null
  /** Sorted by path, without tests of rules (`*.test.yaml`). */
  readonly rules: readonly TextFile[]
  /** Sorted by path. */
  readonly specs: readonly TextFile[]
}

export const SETTINGS_FILE = 'tetik.yaml'
export const RULES_FOLDER = 'rules'
export const SPECS_FOLDER = 'specs'
/** Bytes; larger files are not rules or specs, and would only cost memory. */
const LARGEST = 2 * 1024 * 1024

/** A file exists and cannot be read. It must not count as missing, since its content is unknown. */
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
  // Files may be deleted after they were listed.
  return files.filter((file) => file !== null)
}

async function yamlFiles(project: string, folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    return (
      entries
        // No pipes or devices; a link may lead to a file.
        .filter((entry) => (entry.isFile() || entry.isSymbolicLink()) && isRuleFile(entry.name))
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
    )
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw unreadable(project, folder, error)
  }
}

/** Reads one file of the project; returns null if it does not exist. @throws UnreadableFileError */
export async function readTextFile(project: string, path: string): Promise<TextFile | null> {
  try {
    const found = await stat(path)
    // Reading a pipe or a device might wait forever.
    if (!found.isFile()) throw new UnreadableFileError(`${nameOf(project, path)} is not a regular file.`)
    if (found.size > LARGEST)
      throw new UnreadableFileError(`${nameOf(project, path)} is larger than 2 MiB, the limit for such files.`)
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
