/** Reads images and videos of launch specs from the project's folder, in chunks, and never from outside of it. */

import { createHash } from 'node:crypto'
import { open, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'

import type { MediaFiles } from '../../activities/base/media-files.js'

/** Bytes read at once for a checksum. */
const PIECE = 4 * 1024 * 1024

export function mediaFiles(folder: string): MediaFiles {
  return {
    async describe(path, alive) {
      const file = await within(folder, path)
      if (file === null) return null
      const handle = await open(file)
      try {
        const hash = createHash('sha256')
        const piece = Buffer.allocUnsafe(PIECE)
        for (let at = 0; ;) {
          const { bytesRead } = await handle.read(piece, 0, PIECE, at)
          if (bytesRead === 0) return { sha256: hash.digest('hex'), bytes: at }
          hash.update(piece.subarray(0, bytesRead))
          at += bytesRead
          alive?.()
        }
      } finally {
        await handle.close()
      }
    },
    async read(path, start, end) {
      const file = await within(folder, path)
      if (file === null) return new Uint8Array()
      const handle = await open(file)
      try {
        const { size } = await handle.stat()
        const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(end, size) - start))
        let read = 0
        while (read < bytes.length) {
          const { bytesRead } = await handle.read(bytes, read, bytes.length - read, start + read)
          if (bytesRead === 0) break
          read += bytesRead
        }
        return bytes.subarray(0, read)
      } finally {
        await handle.close()
      }
    },
  }
}

/** Returns the file's real path; null if it does not exist, is not a file, or lies outside of the folder. */
async function within(folder: string, path: string): Promise<string | null> {
  try {
    const [root, file] = await Promise.all([realpath(folder), realpath(join(folder, path))])
    if (!file.startsWith(`${root}${sep}`)) return null
    return (await stat(file)).isFile() ? file : null
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') return null
    throw error
  }
}
