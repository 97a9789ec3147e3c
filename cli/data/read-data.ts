/** The text of a `--data` file, whatever a spreadsheet saved it as. */

import { readFile, stat } from 'node:fs/promises'

import { PathError } from '../base/rule-sets.js'

/** Beyond this the text no longer fits into one string. */
const LARGEST_FILE = 400_000_000

/** @throws PathError where the file is missing, can't be read, or holds no text */
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
    throw new PathError(code === 'ENOENT' ? `there is no file ${path}` : `${path} can't be read: ${code ?? String(error)}`)
  }
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes)
  } catch {
    throw new PathError(
      `${path} is not UTF-8 text: export the report as CSV, and save it as UTF-8 where a spreadsheet changed it`,
    )
  }
}

/** Excel's "Unicode text" is UTF-16, which begins with a mark that says so. */
function encodingOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
}
