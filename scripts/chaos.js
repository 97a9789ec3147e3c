/** `npm run chaos -- --seed N --minutes M`: runs the chaos test once. A failure is reported with times and rows. */

import './check-node.js'

import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

import { build } from './build.js'
import { install } from './install.js'
import { run } from './run.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
process.chdir(root)

const { values } = parseArgs({ options: { seed: { type: 'string' }, minutes: { type: 'string' } } })
const seed = values.seed ?? String(Math.floor(Math.random() * 1e9))
const minutes = values.minutes ?? '2'
if (!/^\d{1,9}$/.test(seed) || !(Number(minutes) > 0)) {
  console.error('--seed is a whole number, --minutes a number above 0, as in: npm run chaos -- --seed 7 --minutes 5')
  process.exit(2)
}
console.log(`Chaos with seed ${seed} for ${minutes} min, then as long as it takes to settle.`)
await install(root, { ownTemporal: true })
await build((line) => console.log(line))
const vitest = join(root, 'node_modules/vitest/vitest.mjs')
const { ok } = await run(
  process.execPath,
  [vitest, 'run', '--project', 'full', '--reporter=verbose', 'test/full/chaos.test.ts'],
  {
    cwd: root,
    show: true,
    env: { CHAOS_SEED: seed, CHAOS_MINUTES: minutes },
  },
)
process.exit(ok ? 0 : 1)
