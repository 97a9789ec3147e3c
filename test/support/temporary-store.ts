/** A store for one test, in a real file that is deleted when the test ends. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { onTestFinished } from 'vitest'

import { openStore, type Store } from '../../store/base/store.js'

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tetik-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export async function temporaryStore(): Promise<Store> {
  const store = await openStore(join(temporaryFolder(), 'tetik.db'))
  onTestFinished(() => store.close())
  return store
}
