import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { cachedTemporal, cacheFolder, findTemporal } from './temporal-binary.js'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tetik-find-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function program(path: string, mode = 0o755): string {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, '#!/bin/sh\n')
  chmodSync(path, mode)
  return path
}

it('the program on the PATH takes precedence over the cached one', () => {
  const environment = { PATH: [join(folder, 'none'), join(folder, 'bin')].join(delimiter), XDG_CACHE_HOME: folder }
  expect(findTemporal(environment, 'linux')).toBeNull()
  const cached = program(cachedTemporal(environment, 'linux'))
  expect(findTemporal(environment, 'linux')).toBe(cached)
  const onPath = program(join(folder, 'bin', 'temporal'))
  expect(findTemporal(environment, 'linux')).toBe(onPath)
})

it('a folder or a file that is not executable does not count', () => {
  const environment = { PATH: folder, XDG_CACHE_HOME: join(folder, 'cache') }
  mkdirSync(join(folder, 'temporal'))
  expect(findTemporal(environment, 'linux')).toBeNull()
  rmSync(join(folder, 'temporal'), { recursive: true })
  program(join(folder, 'temporal'), 0o644)
  expect(findTemporal(environment, 'linux')).toBeNull()
})

it('the cache folder is each system’s usual one', () => {
  expect(cacheFolder({ XDG_CACHE_HOME: '/x' }, 'linux')).toBe('/x/tetik')
  expect(cacheFolder({}, 'linux')).toMatch(/\.cache.tetik$/)
  expect(cacheFolder({}, 'darwin')).toMatch(/Library.Caches.tetik$/)
  expect(cacheFolder({ LOCALAPPDATA: 'C:\\local' }, 'win32')).toMatch(/tetik.cache$/)
})
