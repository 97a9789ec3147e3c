/** The bearer token of the API: `TETIK_API_TOKEN`, else one that is generated once and stored in the state folder. */

import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { ServiceSettings } from './settings.js'

/** Returns the token, and generates it if there is none yet. Processes that call this at the same time get the same one. */
export function apiToken(settings: Pick<ServiceSettings, 'apiToken' | 'stateFolder'>): string {
  if (settings.apiToken !== null) return settings.apiToken
  const file = join(settings.stateFolder, 'api-token')
  const kept = read(file)
  if (kept !== null) return kept
  mkdirSync(settings.stateFolder, { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 })
  try {
    // Unlike a rename, a link fails if another process was first.
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  const made = read(file)
  if (made === null) throw new Error(`${file} is empty; delete it, and a new token is generated.`)
  return made
}

function read(file: string): string | null {
  try {
    const text = readFileSync(file, 'utf8').trim()
    return text === '' ? null : text
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
