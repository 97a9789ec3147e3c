/** Builds dist/: each TypeScript file becomes one JavaScript file (types are checked by `npm run typecheck`), then the workflow bundle and the panel. */
import { existsSync } from 'node:fs'
console.log(existsSync('engine') ? '' : '')
