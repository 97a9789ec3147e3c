import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { whyNot } from './install-packages.js'

let root: string
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'tetik-packages-'))))
afterEach(() => rmSync(root, { recursive: true, force: true }))

function lock(path: string, packages: Record<string, object>): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), JSON.stringify({ packages: { '': {}, ...packages } }))
}
const wanted = (packages: Record<string, object>) => lock('package-lock.json', packages)
const had = (packages: Record<string, object>) => lock('node_modules/.package-lock.json', packages)

it('nothing has to be installed if all packages are there in their versions, except those of other platforms', () => {
  wanted({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/b-darwin': { version: '1.0.0', optional: true } })
  had({ 'node_modules/a': { version: '1.0.0' } })
  expect(whyNot(root)).toBeNull()
})

it('a missing package, another version and an empty node_modules are reported as reasons', () => {
  wanted({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/@x/b': { version: '2.0.0' } })
  expect(whyNot(root)).toBe('nothing is installed yet')
  had({ 'node_modules/a': { version: '1.0.0' } })
  expect(whyNot(root)).toBe('@x/b differs from package-lock.json')
  had({ 'node_modules/a': { version: '1.0.1' }, 'node_modules/@x/b': { version: '2.0.0' } })
  expect(whyNot(root)).toBe('a differs from package-lock.json')
})

it('a checkout without a lock file is an error', () => {
  expect(() => whyNot(root)).toThrow('this checkout is incomplete')
})
