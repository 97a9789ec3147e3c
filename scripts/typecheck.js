/** `npm run typecheck`: checks everything, then the pure code without Node's types, then the panel. */

import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { run } from './run.js'

const PROJECTS = ['tsconfig.json', 'tsconfig.pure.json', 'panel/tsconfig.json']

/** @param {string} root @returns {Promise<string | null>} The compiler's errors, or null. */
export async function typecheck(root) {
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  const results = []
  for (const project of PROJECTS.filter((path) => existsSync(join(root, path)))) {
    const { ok, output } = await run(process.execPath, [compiler, '--noEmit', '-p', project], { cwd: root })
    if (!ok) results.push(`${project}\n${output}`)
  }
  return results.length === 0 ? null : results.join('\n\n')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const faults = await typecheck(dirname(dirname(fileURLToPath(import.meta.url))))
  if (faults !== null) console.error(faults)
  process.exitCode = faults === null ? 0 : 1
}
