/** The version of this tetik, and the commit that was built. */

import { readFileSync } from 'node:fs'

export interface BuildInfo {
  readonly version: string
  /** Short, with `-dirty` if files differed from it; null if tetik was built outside of a git checkout or runs from source. */
  readonly commit: string | null
}

/** @param built the folder with the built code, `dist/` */
export function buildInfo(built: URL): BuildInfo {
  const { version = 'unbuilt' } = readJson(new URL('../package.json', built)) as { version?: string }
  const { commit = null } = readJson(new URL('build.json', built)) as { commit?: string | null }
  return { version, commit }
}

/** Returns what `tetik --version` prints: `0.1.0 (4d14670)`. */
export const versionText = ({ version, commit }: BuildInfo): string => (commit === null ? version : `${version} (${commit})`)

/** Returns an empty object for a file that cannot be read. */
function readJson(file: URL): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown
  } catch {
    return {}
  }
}
