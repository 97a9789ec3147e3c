/**
 * `npm test`: installs what is missing, builds, lints, checks types, and runs every test. A failed stage does not prevent the
 * later ones from running. The last line is the total: `N passed, N failed`.
 */

import './check-node.js'

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { build } from './build.js'
import { checkFloors } from './check-floors.js'
import { checkWords } from './check-words.js'
import { installChromium } from './chromium.js'
import { install } from './install.js'
import { createProgress } from './progress.js'
import { run, tool } from './run.js'
import { typecheck } from './typecheck.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
process.chdir(root)
const reports = mkdtempSync(join(tmpdir(), 'tetik-test-'))
process.on('exit', () => rmSync(reports, { recursive: true, force: true }))

const stages = []
const total = { passed: 0, failed: 0, skipped: 0 }

/** Runs a stage, whose work returns its faults or null. */
async function stage(name, work) {
  console.log(`\n── ${name}`)
  const began = performance.now()
  let fault
  try {
    fault = await work()
  } catch (error) {
    fault = error.message
  }
  const seconds = (performance.now() - began) / 1000
  stages.push({ name, seconds, ok: fault === null })
  if (fault !== null) {
    if (fault !== '') console.log(fault)
    console.log(`✗ ${name}: failed after ${seconds.toFixed(1)} s`)
  } else {
    console.log(`✓ ${name}: ${seconds.toFixed(1)} s`)
  }
  return fault === null
}

/** Runs one of vitest's projects, adds its counts to the total and shows its output. */
const tests = (project, env) => async () => {
  const report = join(reports, `${project}.json`)
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const { ok } = await run(process.execPath, [vitest, ...args, ...process.argv.slice(2)], { cwd: root, show: true, env })
  const counted = readReport(report)
  if (counted === null) {
    total.failed += 1
    return `vitest ended without a report on ${project}`
  }
  total.passed += counted.passed
  total.skipped += counted.skipped
  // A file that cannot be loaded, or an error outside a test, is a failure without a test.
  total.failed += ok ? 0 : Math.max(1, counted.failed)
  return ok ? null : ''
}

function readReport(path) {
  try {
    const report = JSON.parse(readFileSync(path, 'utf8'))
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
    }
  } catch {
    return null
  }
}

function finish() {
  console.log('\n── summary')
  for (const { name, seconds, ok } of stages)
    console.log(`${ok ? '✓' : '✗'} ${name.padEnd(12)} ${seconds.toFixed(1).padStart(7)} s`)
  const seconds = stages.reduce((sum, each) => sum + each.seconds, 0)
  console.log(`  ${'all'.padEnd(12)} ${seconds.toFixed(1).padStart(7)} s`)
  const failed = total.failed + stages.filter(({ name, ok }) => !ok && !PROJECTS.includes(name)).length
  console.log(`${total.passed} passed, ${failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`)
  process.exit(failed === 0 ? 0 : 1)
}

const PROJECTS = ['unit', 'end-to-end', 'browser']
const installed = await stage('install', () => install(root, { ownTemporal: true }).then(() => null))
if (!installed) finish()
const built = await stage('build', () => build((line) => console.log(line)).then(() => null))
await stage('lint', () => tool(root, 'eslint/bin/eslint.js', '.', '--max-warnings', '0'))
await stage('floors', () => checkFloors(root))
await stage('words', () => Promise.resolve(checkWords(root)))
await stage('unused', () => tool(root, 'knip/bin/knip.js'))
await stage('format', () => tool(root, 'prettier/bin/prettier.cjs', '--check', '.', '--log-level', 'warn'))
await stage('types', () => typecheck(root))
await stage('unit', tests('unit'))
if (built) {
  await stage('end-to-end', tests('end-to-end'))
  let chromium = null
  const found = await stage('chromium', async () => {
    const task = createProgress().start('Chromium', 'looking')
    chromium = await installChromium(task)
    return null
  })
  if (found) await stage('browser', tests('browser', { CHROME_PATH: chromium }))
} else {
  console.log('\nThe end-to-end and browser tests did not run, because the build failed.')
}
finish()
