/** Files of the checkout, and one fingerprint for many of them. */

import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Returns all files under a folder, sorted, as paths from the root with `/`.
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
export function listFiles(root, folder) {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name === 'dist' ? [] : listFiles(root, path)
      return entry.isFile() ? [path] : []
    })
    .sort()
}

/**
 * Returns a SHA-256 of names and contents, which does not change if a file is only touched.
 * @param {string} root
 * @param {string[]} files
 */
export function fingerprint(root, files) {
  const hash = createHash('sha256')
  for (const file of files) {
    const content = existsSync(join(root, file)) ? readFileSync(join(root, file)) : ''
    hash.update(`${file}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}
