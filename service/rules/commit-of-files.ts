/** Which git commit the rule files are of. */

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)
const TIMEOUT = 5_000

/**
 * The checkout's commit, followed by `-dirty` where a file of the folder differs from it or is not in it; null outside of a
 * checkout, without git, or before the first commit.
 */
export async function commitOfFiles(folder: string): Promise<string | null> {
  const git = async (...words: string[]): Promise<string> =>
    (await run('git', words, { cwd: folder, timeout: TIMEOUT, env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' } })).stdout.trim()
  try {
    const commit = await git('rev-parse', '--verify', 'HEAD')
    const differing = await git('status', '--porcelain', '--', '.')
    return differing === '' ? commit : `${commit}-dirty`
  } catch {
    return null
  }
}
