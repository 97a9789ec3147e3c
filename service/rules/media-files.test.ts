import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { temporaryFolder } from '../../test/support/temporary-store.js'
import { mediaFiles } from './media-files.js'

function project() {
  const outer = temporaryFolder()
  const folder = join(outer, 'project')
  mkdirSync(join(folder, 'specs'), { recursive: true })
  const bytes = randomBytes(5_000_000)
  writeFileSync(join(folder, 'specs/hero.mp4'), bytes)
  writeFileSync(join(outer, 'secret.png'), 'secret')
  return { folder, bytes, media: mediaFiles(folder) }
}

it('a file is described by size and checksum, and read in chunks', async () => {
  const { media, bytes } = project()
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  let pieces = 0
  expect(await media.describe('specs/hero.mp4', () => void (pieces += 1))).toEqual({ sha256, bytes: bytes.length })
  expect(pieces).toBe(2)
  expect(Buffer.from(await media.read('specs/hero.mp4', 100, 300))).toEqual(bytes.subarray(100, 300))
  expect(await media.read('specs/hero.mp4', bytes.length - 5, bytes.length + 5)).toHaveLength(5)
})

it('no path leads to a file outside of the project', async () => {
  const { media, folder } = project()
  symlinkSync('../../secret.png', join(folder, 'specs/link.png'))
  for (const path of ['../secret.png', 'specs/../../secret.png', 'specs/link.png', 'specs', 'specs/none.png', '/etc/passwd']) {
    expect(await media.describe(path), path).toBeNull()
    expect(await media.read(path, 0, 10), path).toHaveLength(0)
  }
})
