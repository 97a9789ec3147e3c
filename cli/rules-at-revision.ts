/** Rules as they were at a git revision, laid out in a folder of their own so that they are read like any others. */

import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { promisify } from 'node:util'

import { SETTINGS_FILE } from '../service/project-files.js'
import { PathError, readRuleSets, type RuleSets } from './rule-sets.js'

const run = promisify(execFile)
/** Rule files are small; this only stops what cannot be one. */
const LARGEST = 64 * 1024 * 1024

/**
 * @param path of the rules, as the user names it in `folder`
 * @throws PathError where this is no git checkout, or the revision or the path is not in it
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
  const wanted = listed.split('\0').filter((name) => isWanted(name, inside.split(sep).join('/')))
  if (!wanted.some((name) => !name.endsWith(SETTINGS_FILE))) throw new PathError(`${revision} has no ${path}`)
  const copy = await mkdtemp(join(tmpdir(), 'tetik-revision-'))
  try {
    for (const name of wanted) {
      const target = join(copy, name)
      await mkdir(dirname(target), { recursive: true })
      await writeFile(target, await git(root, ['show', `${commit}:${name}`], `${name} can't be read of ${revision}`))
    }
    return await readRuleSets([inside === '' ? '.' : inside], copy)
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
}

/** The rules themselves, and every `tetik.yaml`, of which the nearest counts. */
function isWanted(name: string, inside: string): boolean {
  const isWithin = inside === '' || name === inside || name.startsWith(`${inside}/`)
  return (isWithin && /\.ya?ml$/.test(name)) || name === SETTINGS_FILE || name.endsWith(`/${SETTINGS_FILE}`)
}

async function git(folder: string, words: readonly string[], refused: string): Promise<string> {
  try {
    const { stdout } = await run('git', ['-C', folder, ...words], { maxBuffer: LARGEST })
    return stdout
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new PathError(code === 'ENOENT' ? '--compare needs git, which is not on the PATH' : refused)
  }
}
