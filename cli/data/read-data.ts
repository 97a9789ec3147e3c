/** Reads a `--data` file as text, in UTF-8 or as a spreadsheet saved it. */

import { readFile, stat } from 'node:fs/promises'

import { PathError } from '../base/rule-sets.js'

/** Bytes. A larger text does not fit into one string. */
const LARGEST_FILE = 400_000_000

/** @throws PathError if the file is missing, cannot be read, or is not text */
export async function readData(path: string): Promise<string> {
  let bytes: Buffer
  try {
    const stats = await stat(path)
    if (!stats.isFile()) throw new PathError(`${path} is not a file`)
    if (stats.size > LARGEST_FILE) throw new PathError(`${path} is larger than 400 MB; export fewer days or fewer columns`)
    bytes = await readFile(path)
  } catch (error) {
    if (error instanceof PathError) throw error
    const { code } = error as NodeJS.ErrnoException
    throw new PathError(code === 'ENOENT' ? `${path} does not exist` : `${path} can't be read: ${code ?? String(error)}`)
  }
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes)
  } catch {
    throw new PathError(`${path} is not UTF-8 text: export the report as CSV; if a spreadsheet changed it, save it as UTF-8`)
  }
}

/** Excel's "Unicode text" is UTF-16, which begins with a byte order mark. */
function encodingOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
}
