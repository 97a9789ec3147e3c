/** Creates a new project in a separate folder, outside of tetik's checkout. */

import { execFile } from 'node:child_process'
import { mkdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'

import { loadSettings } from '../../engine/account/load.js'
import { OptionError } from '../base/option-error.js'
import { starterFiles, type StarterValues } from './starter.js'

export interface NewProject {
  /** Absolute. */
  readonly folder: string
  /** Paths of the files that were written, relative to the folder. */
  readonly written: readonly string[]
}

/**
 * Writes the starter files to `folder`, which is created if it does not exist. Nothing is written if one of the files already exists,
 * or if the values would make an invalid `tetik.yaml`.
 *
 * @throws OptionError that names the files that exist, or what is wrong with a value
 */
export async function initProject(folder: string, values: StarterValues): Promise<NewProject> {
  const files = starterFiles(values)
  const settings = files.find(({ path }) => path === 'tetik.yaml')!
  const [invalid] = loadSettings('tetik.yaml', settings.text).diagnostics
  if (invalid !== undefined) throw new OptionError(`${invalid.message}${invalid.hint === undefined ? '' : ` (${invalid.hint})`}`)

  const paths = files.map(({ path }) => path)
  const existing = (await Promise.all(paths.map((path) => exists(join(folder, path))))).flatMap((found, index) =>
    found ? [paths[index]!] : [],
  )
  if (existing.length > 0) {
    throw new OptionError(`${resolve(folder)} already has ${existing.join(', ')}. Choose an empty folder: tetik init my-rules`)
  }
  for (const { path, text } of files) {
    const file = join(folder, path)
    await mkdir(dirname(file), { recursive: true })
    // `wx` fails if the file was created in the meantime.
    await writeFile(file, text, { flag: 'wx' })
  }
  return { folder: resolve(folder), written: paths }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

/**
 * Returns the address, as YAML, that CI clones tetik from: the remote of this checkout without user and password, or a variable of the
 * repository if this is not a clone.
 */
export async function repositoryOf(checkout: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('git', ['-C', checkout, 'remote', 'get-url', 'origin'])
    const address = stdout.trim().replace(/^(https?:\/\/)[^/@]*@/, '$1')
    if (address !== '') return JSON.stringify(address)
  } catch {
    // No git, no checkout, or no remote.
  }
  return '${{ vars.TETIK_REPOSITORY }} # set this variable to the address of your clone of tetik'
}
