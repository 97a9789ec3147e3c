import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { askInstance, claimInstance, type InstanceState } from './single-instance-lock.js'

let stateFolder: string
beforeEach(() => (stateFolder = join(mkdtempSync(join(tmpdir(), 'tetik-instance-')), '.tetik')))
afterEach(() => rmSync(join(stateFolder, '..'), { recursive: true, force: true }))

const state: InstanceState = { pid: 1, startedAt: '2026-01-01T00:00:00Z', ready: true, links: { panel: 'p' }, parts: [] }

it('is claimed once, reports its state, and can be claimed again after it was closed', async () => {
  const first = await claimInstance(stateFolder, () => state)
  expect(first).not.toBeNull()
  expect(await claimInstance(stateFolder, () => state)).toBeNull()
  expect(await askInstance(stateFolder)).toEqual(state)
  first?.close()
  expect(await askInstance(stateFolder)).toBeNull()
  expect(readdirSync(stateFolder)).toEqual([])
  const second = await claimInstance(stateFolder, () => state)
  expect(second).not.toBeNull()
  second?.close()
})

it('a file left by a killed process, or a broken file, does not prevent a claim', async () => {
  const first = await claimInstance(stateFolder, () => state)
  first?.close()
  for (const left of ['{"pid":1,"port":9,"secret":"dead"}', 'not json']) {
    writeFileSync(join(stateFolder, 'up.json'), left)
    const next = await claimInstance(stateFolder, () => state)
    expect(next).not.toBeNull()
    next?.close()
  }
})

it('of many claims at the same moment, one succeeds', async () => {
  const first = await claimInstance(stateFolder, () => state)
  first?.close()
  writeFileSync(join(stateFolder, 'up.json'), '{"pid":1,"port":9,"secret":"dead"}')
  const claims = await Promise.all(Array.from({ length: 8 }, () => claimInstance(stateFolder, () => state)))
  const got = claims.filter((claim) => claim !== null)
  expect(got).toHaveLength(1)
  expect(await askInstance(stateFolder)).toEqual(state)
  got[0]?.close()
})
