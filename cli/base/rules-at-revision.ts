/** Reads rules as they were at a git revision: checks the files out into a temporary folder and reads them like any others. */

import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { promisify } from 'node:util'

import { RULES_FOLDER, SETTINGS_FILE } from '../../service/rules/project-files.js'
import { type NamedText, PathError, readRuleSets, type RuleSets } from './rule-sets.js'

const run = promisify(execFile)
/** Bytes that git may print. Rule files are small, so only something else reaches this. */
const LARGEST = 64 * 1024 * 1024

/**
 * Returns no sets if the path does not exist at the revision: all of its rules are new.
 *
 * @param path the rules' path, as the user gave it, relative to `folder`
 * @throws PathError if `path` is not in a git checkout, or the checkout does not have the revision
 */
export async function rulesAtRevision(revision: string, path: string, folder: string): Promise<RuleSets> {
  const full = resolve(await realpath(folder), path)
  const root = (await git(dirname(full), ['rev-parse', '--show-toplevel'], `${path} is not in a git checkout`)).trim()
  const inside = relative(await realpath(root), full)
  if (inside.startsWith('..')) throw new PathError(`${path} is not in a git checkout`)
  const unknown = `git has no revision ${revision} here`
  const commit = (
    await git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`], unknown)
  ).trim()
  const listed = await git(root, ['ls-tree', '-r', '-z', '--name-only', commit], unknown)
  const names = listed.split('\0')
  const own = names.filter((name) => /\.ya?ml$/.test(name) && isWithin(name, inside.split(sep).join('/')))
  if (own.every(isSettings)) return { sets: [], diagnostics: [] }
  const wanted = new Set([...own, ...names.filter((name) => isSettings(name) || isShared(name))])
  const copy = await mkdtemp(join(tmpdir(), 'tetik-revision-'))
  try {
    for (const name of wanted) {
      const target = join(copy, name)
      await mkdir(dirname(target), { recursive: true })
      await writeFile(target, await git(root, ['show', `${commit}:${name}`], `${name} can't be read at ${revision}`))
    }
    return ofRevision(await readRuleSets([inside === '' ? '.' : inside], copy), revision)
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
}

/** Names the files as git does, `main:rules/a.yaml`, so that their errors are not mistaken for errors of the current files. */
function ofRevision({ sets, diagnostics }: RuleSets, revision: string): RuleSets {
  const nameOf = (path: string): string => `${revision}:${path}`
  const named = (files: readonly NamedText[]): NamedText[] => files.map((file) => ({ ...file, path: nameOf(file.path) }))
  return {
    sets: sets.map(({ settings, files, specs, specLibrary, library }) => ({
      settings: settings === null ? null : { ...settings, path: nameOf(settings.path) },
      files: named(files),
      ...(specs && { specs: named(specs) }),
      ...(specLibrary && { specLibrary: named(specLibrary) }),
      ...(library && { library: named(library) }),
    })),
    diagnostics: diagnostics.map((diagnostic) => ({ ...diagnostic, file: nameOf(diagnostic.file) })),
  }
}

const isWithin = (name: string, inside: string): boolean => inside === '' || name === inside || name.startsWith(`${inside}/`)

/** Any `tetik.yaml`; the nearest is used. */
const isSettings = (name: string): boolean => name === SETTINGS_FILE || name.endsWith(`/${SETTINGS_FILE}`)

/** In a project's `rules/`, which may contain blueprints that the named rules use. */
const isShared = (name: string): boolean => /\.ya?ml$/.test(name) && `/${name}`.includes(`/${RULES_FOLDER}/`)

async function git(folder: string, args: readonly string[], refused: string): Promise<string> {
  try {
    const { stdout } = await run('git', ['-C', folder, ...args], { maxBuffer: LARGEST })
    return stdout
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new PathError(code === 'ENOENT' ? '--compare needs git, which is not on the PATH' : refused)
  }
}
