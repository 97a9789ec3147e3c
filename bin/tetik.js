#!/usr/bin/env node
/** The `tetik` command as npm links it; the command itself is in cli/. */

import { existsSync } from 'node:fs'

const main = new URL('../dist/cli/main.js', import.meta.url)
if (!existsSync(main)) {
  process.stderr.write('tetik is not built yet: run `npm ci`, or `npm run build`, in its folder.\n')
  process.exit(2)
}
process.setSourceMapsEnabled(true)
await import(main)
