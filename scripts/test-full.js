/**
 * `npm run test:full`: tests that take long or need more than Node, such as Python clients against the sandbox. Tests that cannot run
 * on this machine are skipped with the reason. Arguments are passed to vitest, as in `npm run test:full -- airbyte`.
 */

import './check-node.js'

import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { build } from './build.js'
import { install } from './install.js'
import { run } from './run.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
process.chdir(root)

try {
  await install(root, { ownTemporal: true })
  await build((line) => console.log(line))
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
const vitest = join(root, 'node_modules/vitest/vitest.mjs')
const { ok } = await run(process.execPath, [vitest, 'run', '--project', 'full', '--reporter=verbose', ...process.argv.slice(2)], {
  cwd: root,
  show: true,
})
process.exit(ok ? 0 : 1)
