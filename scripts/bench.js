/**
 * `npm run bench [-- name…]`: runs all benchmarks, or the named ones, one after the other, each in its own process. The exit status
 * is 1 if one could not be run or missed its goal.
 */

import './check-node.js'

import { readdirSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { build } from './build.js'
import { install } from './install.js'
import { run } from './run.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const wanted = process.argv.slice(2)
await install(root, { ownTemporal: true })
await build((line) => console.error(`✓ ${line}`))

const files = readdirSync(join(root, 'bench')).filter((file) => file.endsWith('.bench.ts'))
const chosen = files.filter((file) => wanted.length === 0 || wanted.includes(file.replace('.bench.ts', '')))
const [{ model }] = cpus()
console.log(`Node ${process.version}, ${cpus().length} × ${model}\n`)
let missed = 0
for (const file of chosen.sort()) {
  const name = file.replace('.bench.ts', '')
  const began = performance.now()
  const { ok, output } = await run(process.execPath, ['--import', 'tsx', 'bench/run-one.ts', join(root, 'bench', file)], {
    cwd: root,
  })
  const seconds = ((performance.now() - began) / 1000).toFixed(0)
  if (!ok) {
    missed += 1
    console.log(`${name}: could not be run\n${output}\n`)
    continue
  }
  const { description, measurements } = JSON.parse(output.split('\n').findLast((line) => line.startsWith('{"description"')))
  console.log(`${name} (${seconds} s): ${description}`)
  for (const measurement of measurements) {
    const reached = reaches(measurement)
    missed += reached === false ? 1 : 0
    console.log(`  ${lineOf(measurement)}${reached === null ? '' : reached ? '  ✓' : '  ✗ goal missed'}`)
  }
  console.log()
}
process.exit(missed === 0 ? 0 : 1)

function reaches({ value, goal }) {
  if (goal === undefined) return null
  return goal.at === 'least' ? value >= goal.value : value <= goal.value
}

function lineOf({ name, value, unit, goal }) {
  const shown = Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : Number(value.toPrecision(3)).toString()
  const aim = goal === undefined ? '' : ` (goal: at ${goal.at} ${goal.value.toLocaleString('en')})`
  return `${name.padEnd(52)} ${shown.padStart(10)} ${unit}${aim}`
}
