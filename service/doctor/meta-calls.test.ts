import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { DAY } from '../../engine/clock/zone.js'
import { countMetaCall } from '../../store/account/meta-calls.js'
import { openStore } from '../../store/base/store.js'
import { checkMetaCalls } from './meta-calls.js'

const NOW = Date.parse('2026-03-10T12:00:00Z')
let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tetik-doctor-'))
  file = join(folder, 'tetik.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function count(run: string, kind: string, calls: number, failed: number, at = NOW): Promise<void> {
  const store = await openStore(file)
  for (let call = 0; call < calls; call++) {
    await countMetaCall(store, { account: 'moda-tr', run, workflow: 'watchAccount', kind, failed: call < failed, at })
  }
  await store.close()
}

it('reports the calls of the last ticks by account and kind', async () => {
  await count('r1', 'ads', 3, 0, NOW - 2)
  await count('r2', 'ads', 4, 1, NOW - 1)
  await count('r2', 'adset reach', 2, 0, NOW - 1)
  expect(await checkMetaCalls(file, ['moda-tr', 'moda-eu'], NOW)).toEqual([
    {
      check: 'calls moda-tr',
      status: 'ok',
      detail: 'The last ticks called Meta 3, 6 times; the latest one: ads 4 (1 failed), adset reach 2.',
      advice: null,
    },
  ])
})

it.each([
  [14, 0, []],
  [15, 0, ['warn']],
  [15, 2 * DAY, []],
])('%i failing calls of 100, %i ms ago: %o', async (failed, ago, expected) => {
  await count('r1', 'ads', 100, failed, NOW - ago)
  const findings = await checkMetaCalls(file, [], NOW)
  expect(findings.map(({ status }) => status)).toEqual(expected)
})

it('reports nothing and creates no store if there is none yet', async () => {
  expect(await checkMetaCalls(file, ['moda-tr'], NOW)).toEqual([])
})
