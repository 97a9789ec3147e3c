/** Finds the files that a command's PATHs mean: rules and launch specs, each set with the nearest `tetik.yaml` at or above it. */

import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join, normalize, resolve } from 'node:path'

import type { Diagnostic } from '../../engine/diagnostic/diagnostic.js'
import { SourceFile } from '../../engine/diagnostic/source.js'
import { isRuleFile, RULES_FOLDER, SETTINGS_FILE, SPECS_FOLDER } from '../../service/rules/project-files.js'
import { isSpec } from './spec-file.js'

export interface NamedText {
  /** As the user named it. */
  readonly path: string
  readonly text: string
}

export interface RuleSet {
  /** The nearest `tetik.yaml`, or null. */
  readonly settings: NamedText | null
  /** Rules. */
  readonly files: readonly NamedText[]
  /** Launch specs. */
  readonly specs?: readonly NamedText[]
  /** The project's other specs; only read if the rules launch any. */
  readonly specLibrary?: readonly NamedText[]
  /** The project's other rule files with blueprints; only read if these files use blueprints. */
  readonly library?: readonly NamedText[]
}

/** Returns a set's own files, `tetik.yaml` first. */
export const filesOfSet = ({ settings, files, specs = [] }: RuleSet): readonly NamedText[] => [
  ...(settings === null ? [] : [settings]),
  ...files,
  ...specs,
]

export interface RuleSets {
  readonly sets: readonly RuleSet[]
  /** Files that are not text. */
  readonly diagnostics: readonly Diagnostic[]
}

/** A path that cannot be used; the message says what to do. */
export class PathError extends Error {
  override readonly name = 'PathError'
}

/** Bytes. The same limit as in the service: what passes the check must load. */
const LARGEST_FILE = 2 * 1024 * 1024

/**
 * Reads the files that `paths` mean. Without paths: `tetik.yaml`, `rules/` and `specs/` of the project at or above `folder`. A folder
 * with a `tetik.yaml` means the same of that project; any other folder means all YAML files in it.
 *
 * @throws PathError if a path is missing, is not a file, cannot be read, or contains neither rules nor launch specs
 */
export async function readRuleSets(paths: readonly string[], folder: string): Promise<RuleSets> {
  const reader = new Reader(folder)
  for (const path of paths.length > 0 ? paths : [await projectFolder(folder)]) await reader.add(path)
  return reader.result()
}

/**
 * Returns the folder with the nearest `tetik.yaml` at or above, else `rules/` here, as a person would name it.
 *
 * @throws PathError if there is neither
 */
export async function projectFolder(folder: string): Promise<string> {
  const settings = await nearestSettings(resolve(folder, 'any'))
  if (settings !== null) return dirname(settings) === resolve(folder) ? '.' : dirname(settings)
  if (await isFolder(join(folder, RULES_FOLDER))) return RULES_FOLDER
  throw new PathError(`found no ${SETTINGS_FILE} here or above and no ${RULES_FOLDER}/ here; name the rule files`)
}

interface OpenSet {
  readonly settings: NamedText | null
  readonly files: NamedText[]
  readonly specs: NamedText[]
  specLibrary?: readonly NamedText[]
  library?: readonly NamedText[]
}

class Reader {
  /** By the resolved path of their `tetik.yaml`; '' without one. */
  private readonly sets = new Map<string, OpenSet>()
  private readonly diagnostics: Diagnostic[] = []
  private readonly seen = new Set<string>()

  constructor(private readonly folder: string) {}

  async add(path: string): Promise<void> {
    const full = resolve(this.folder, path)
    const kind = await kindOf(path, full)
    if (kind === 'folder') return this.addFolder(path, full)
    if (basename(full) === SETTINGS_FILE) {
      await this.setOf(full, path)
      return
    }
    if (/\.test\.ya?ml$/.test(full)) throw new PathError(`${path} contains rule tests; run them with \`tetik test ${path}\``)
    await this.addFile(path, full)
  }

  async result(): Promise<RuleSets> {
    for (const [settings, set] of this.sets) {
      if (settings === '') continue
      const project = dirname(settings)
      if (set.files.some(({ text }) => /\buse\s*:/.test(text))) {
        set.library = await this.library(join(project, RULES_FOLDER), (text) => text.includes('blueprints'))
      }
      if (set.files.some(({ text }) => /\blaunch\s*:/.test(text))) {
        set.specLibrary = await this.library(join(project, SPECS_FOLDER), () => true)
      }
    }
    return { sets: [...this.sets.values()], diagnostics: this.diagnostics }
  }

  private async addFolder(path: string, full: string): Promise<void> {
    const settings = join(full, SETTINGS_FILE)
    if (await isFile(settings)) {
      await this.setOf(settings, join(path, SETTINGS_FILE))
      for (const name of [RULES_FOLDER, SPECS_FOLDER]) {
        if (await isFolder(join(full, name))) await this.addFilesWithin(join(path, name))
      }
    } else if ((await this.addFilesWithin(path)) === 0) throw new PathError(`${path} contains no YAML files`)
  }

  private async addFilesWithin(path: string): Promise<number> {
    const names = await filesWithin(resolve(this.folder, path))
    for (const name of names) await this.addFile(join(path, name), resolve(this.folder, path, name))
    return names.length
  }

  /** Skips files that cannot be read: a rule that needs a blueprint or launch from one reports it as missing. */
  private async library(folder: string, isWanted: (text: string) => boolean): Promise<NamedText[]> {
    const library: NamedText[] = []
    for (const name of (await isFolder(folder)) ? await filesWithin(folder) : []) {
      const full = join(folder, name)
      if (this.seen.has(full)) continue
      const read = await readText(shortest(full, this.folder), full).catch(() => null)
      if (read?.text != null && isWanted(read.text)) library.push({ path: shortest(full, this.folder), text: read.text })
    }
    return library
  }

  private async addFile(path: string, full: string): Promise<void> {
    if (this.seen.has(full)) return
    this.seen.add(full)
    const nearest = await nearestSettings(full)
    const set = await this.setOf(nearest, null)
    const text = await this.text(normalize(path), full)
    if (text === null) return
    if (isSpec(full, text.text)) set.specs.push(text)
    else set.files.push(text)
  }

  private async setOf(settings: string | null, path: string | null): Promise<OpenSet> {
    const key = settings ?? ''
    const known = this.sets.get(key)
    if (known !== undefined) return known
    const own = settings === null ? null : await this.text(path ?? shortest(settings, this.folder), settings)
    const set: OpenSet = { settings: own, files: [], specs: [] }
    this.sets.set(key, set)
    return set
  }

  private async text(path: string, full: string): Promise<NamedText | null> {
    const { text, diagnostic } = await readText(path, full)
    if (diagnostic !== null) this.diagnostics.push(diagnostic)
    return text === null ? null : { path, text }
  }
}

/**
 * Reads a file's text; null with a diagnostic if it is not UTF-8.
 *
 * @throws PathError if the file cannot be read, or is larger than 2 MiB
 */
export async function readText(path: string, full: string): Promise<{ text: string | null; diagnostic: Diagnostic | null }> {
  let bytes: Buffer
  try {
    const stats = await stat(full)
    // Reading a pipe could block for ever.
    if (!stats.isFile()) throw new PathError(`${path} is not a file`)
    if (stats.size > LARGEST_FILE)
      throw new PathError(`${path} has ${stats.size} bytes, more than the ${LARGEST_FILE} allowed for a rule file`)
    bytes = await readFile(full)
  } catch (error) {
    if (error instanceof PathError) throw error
    throw new PathError(`${path} can't be read: ${reasonOf(error)}`)
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), diagnostic: null }
  } catch {
    return { text: null, diagnostic: notText(path, bytes) }
  }
}

function notText(path: string, bytes: Buffer): Diagnostic {
  const text = bytes.toString('utf8')
  const at = Math.max(0, text.indexOf('\ufffd'))
  const source = new SourceFile(path, text)
  source.report({
    code: 'not-utf8',
    message: 'the file is not UTF-8 text',
    span: { start: at, end: at + 1 },
    hint: 'save it as UTF-8',
  })
  return source.diagnostics[0]!
}

async function nearestSettings(file: string): Promise<string | null> {
  let folder = dirname(file)
  for (;;) {
    const settings = join(folder, SETTINGS_FILE)
    if (await isFile(settings)) return settings
    const above = dirname(folder)
    if (above === folder) return null
    folder = above
  }
}

/** Relative to the command's folder if the file is in it, else absolute. */
function shortest(path: string, folder: string): string {
  const within = resolve(folder) + '/'
  return path.startsWith(within) ? path.slice(within.length) : path
}

async function filesWithin(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names: string[] = []
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue
    if (entry.isDirectory()) names.push(...(await filesWithin(join(folder, entry.name))).map((name) => join(entry.name, name)))
    else if (isRuleFile(entry.name) && entry.name !== SETTINGS_FILE) names.push(entry.name)
  }
  return names
}

async function kindOf(path: string, full: string): Promise<'file' | 'folder'> {
  let stats
  try {
    stats = await stat(full)
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw new PathError(missing ? `${path} does not exist` : `${path} can't be read: ${reasonOf(error)}`)
  }
  if (stats.isDirectory()) return 'folder'
  if (stats.isFile()) return 'file'
  throw new PathError(`${path} is neither a file nor a folder`)
}

/** Whether a path that the user named is a folder, which means all files in it. */
export const isFolderPath = (path: string, folder: string): Promise<boolean> => isFolder(resolve(folder, path))

const isFile = async (path: string): Promise<boolean> => (await stat(path).catch(() => null))?.isFile() ?? false
const isFolder = async (path: string): Promise<boolean> => (await stat(path).catch(() => null))?.isDirectory() ?? false

const reasonOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error)
