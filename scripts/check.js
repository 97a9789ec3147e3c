/**
 * `npm run check [-- <commit>]`: checks words, floors, format, types, lint and unit tests of the files that differ from a commit (HEAD
 * by default). Takes well under a minute once its caches are warm. It does not replace `npm test`.
 */

import './check-node.js'

import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

import { checkFloors } from './check-floors.js'
import { checkWords } from './check-words.js'
import { tool } from './run.js'
import { typecheck } from './typecheck.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
process.chdir(root)
const base = process.argv[2] ?? 'HEAD'

const git = (...args) => execFileSync('git', args, { encoding: 'utf8' }).split('\0').filter(Boolean)

function changedFiles() {
  try {
    const known = git('diff', '-z', '--name-only', '--diff-filter=d', base)
    return [...new Set([...known, ...git('ls-files', '-z', '--others', '--exclude-standard')])].filter((file) => existsSync(file))
  } catch {
    console.error(`git knows no commit “${base}”. Name another one, for example: npm run check -- main`)
    process.exit(2)
  }
}

const changed = changedFiles()
if (changed.length === 0) {
  console.log(`Nothing differs from ${base}.`)
  process.exit(0)
}
const code = changed.filter((file) => /\.(ts|tsx|js)$/.test(file))
const tested = code.filter((file) => !file.startsWith('test/end-to-end/') && !file.startsWith('test/browser/'))
const CACHE = 'node_modules/.cache'

const CHECKS = [
  ['words', () => Promise.resolve(checkWords(root, changed))],
  ['floors', () => checkFloors(root)],
  ['format', () => tool(root, 'prettier/bin/prettier.cjs', '--check', '--ignore-unknown', '--log-level', 'warn', ...changed)],
  ['types', () => (code.length === 0 ? null : typecheck(root))],
  [
    'lint',
    () =>
      code.length === 0
        ? null
        : tool(root, 'eslint/bin/eslint.js', '--cache', '--cache-location', `${CACHE}/eslint/`, '--max-warnings', '0', ...code),
  ],
  [
    'unit',
    () =>
      tested.length === 0
        ? null
        : tool(
            root,
            'vitest/vitest.mjs',
            'related',
            '--run',
            '--project',
            'unit',
            '--passWithNoTests',
            '--reporter=dot',
            ...tested,
          ),
  ],
]

let failed = 0
for (const [name, check] of CHECKS) {
  const began = performance.now()
  const fault = await check()
  console.log(`${fault === null ? '✓' : '✗'} ${name}: ${((performance.now() - began) / 1000).toFixed(1)} s`)
  if (fault === null) continue
  failed += 1
  console.log(fault)
}
process.exitCode = failed === 0 ? 0 : 1
