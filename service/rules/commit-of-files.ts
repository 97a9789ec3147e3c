/** The git commit of the rule files. */

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)
const TIMEOUT = 5_000

/**
 * Returns the checkout's commit, with `-dirty` appended if a file of the folder is changed or untracked; null outside of a checkout,
 * without git, or before the first commit.
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
