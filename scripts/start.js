/** `npm start`: installs what is missing, builds what is stale, and runs everything. */

import './check-node.js'

import { dirname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { build } from './build.js'
import { install } from './install.js'
import { handOverSignals } from './run.js'

// A full disk under `npm start > start.log` must not stop it; service/process/output.ts does the same later.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

const root = dirname(dirname(fileURLToPath(import.meta.url)))
try {
  await install(root)
  await build((line) => console.error(`✓ ${line}`))
} catch (error) {
  console.error(`\nnpm start: ${error.message}`)
  process.exit(1)
}

// The command runs in this process, so that there is no child process that could be left behind.
handOverSignals()
const command = fileURLToPath(new URL('../bin/tetik.js', import.meta.url))
process.argv = [process.execPath, command, 'up', ...process.argv.slice(2)]
await import(pathToFileURL(command).href)
