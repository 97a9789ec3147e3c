/** Rules as they were at a git revision, laid out in a folder of their own so that they are read like any others. */

import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { promisify } from 'node:util'

import { RULES_FOLDER, SETTINGS_FILE } from '../../service/rules/project-files.js'
import { type NamedText, PathError, readRuleSets, type RuleSets } from './rule-sets.js'

const run = promisify(execFile)
/** Rule files are small; this only stops what cannot be one. */
const LARGEST = 64 * 1024 * 1024

/**
 * No sets where the revision does not have the path yet: all of its rules are new.
 *
 * @param path of the rules, as the user names it in `folder`
 * @throws PathError where this is no git checkout, or the revision is not in it
 */
export async function rulesAtRevision(revision: string, path: string, folder: string): Promise<RuleSets> {
  const full = resolve(await realpath(folder), path)
  const root = (await git(dirname(full), ['rev-parse', '--show-toplevel'], `${path} is in no git checkout`)).trim()
  const inside = relative(await realpath(root), full)
  if (inside.startsWith('..')) throw new PathError(`${path} is in no git checkout`)
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
      await writeFile(target, await git(root, ['show', `${commit}:${name}`], `${name} can't be read of ${revision}`))
    }
    return ofRevision(await readRuleSets([inside === '' ? '.' : inside], copy), revision)
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
}

/** The files named as git names them, `main:rules/a.yaml`: a fault of theirs is none of the files of now. */
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

/** Any `tetik.yaml`, of which the nearest counts. */
const isSettings = (name: string): boolean => name === SETTINGS_FILE || name.endsWith(`/${SETTINGS_FILE}`)

/** In a project's folder of rules, where blueprints of the rules that are named may stand. */
const isShared = (name: string): boolean => /\.ya?ml$/.test(name) && `/${name}`.includes(`/${RULES_FOLDER}/`)

async function git(folder: string, words: readonly string[], refused: string): Promise<string> {
  try {
    const { stdout } = await run('git', ['-C', folder, ...words], { maxBuffer: LARGEST })
    return stdout
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new PathError(code === 'ENOENT' ? '--compare needs git, which is not on the PATH' : refused)
  }
}
