import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { apiToken } from './api-token.js'

let stateFolder: string
beforeEach(() => (stateFolder = join(mkdtempSync(join(tmpdir(), 'tetik-token-')), '.tetik')))
afterEach(() => rmSync(join(stateFolder, '..'), { recursive: true, force: true }))

it('is created once, is long, and can be read only by its owner', () => {
  const token = apiToken({ apiToken: null, stateFolder })
  expect(token).toMatch(/^[\w-]{32}$/)
  expect(apiToken({ apiToken: null, stateFolder })).toBe(token)
  expect(readdirSync(stateFolder)).toEqual(['api-token'])
  expect(statSync(join(stateFolder, 'api-token')).mode & 0o777).toBe(0o600)
})

it('is taken from the environment if set there, and nothing is written', () => {
  expect(apiToken({ apiToken: 'given', stateFolder })).toBe('given')
  expect(() => statSync(stateFolder)).toThrow()
})

it('an empty file is an error that says what to do, and not an empty token', () => {
  apiToken({ apiToken: null, stateFolder })
  writeFileSync(join(stateFolder, 'api-token'), '\n')
  expect(() => apiToken({ apiToken: null, stateFolder })).toThrow(/is empty; delete it/)
})
