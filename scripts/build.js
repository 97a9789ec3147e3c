/**
 * Builds dist/: one JavaScript file from each TypeScript file (`npm run typecheck` checks the types), then the workflow bundle
 * and the panel. Parts whose sources have not changed are copied from the last build.
 *
 * The build goes to a temporary folder that is renamed to dist/ at the end, so that no process ever sees half of it.
 */

import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { fingerprint, listFiles } from './files.js'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const DIST = join(ROOT, 'dist')
const FOLDERS = ['engine', 'workflows', 'activities', 'connectors', 'store', 'service', 'cli', 'sandbox']
/** What workflows may import, and so what their bundle depends on. */
const WORKFLOW_FOLDERS = ['engine', 'workflows']
const WORKFLOW_ENTRY = 'workflows/bundle.ts'
const BUNDLE = 'workflows.bundle.js'

/**
 * Builds what is stale.
 * @param {(line: string) => void} [tell] Called with a line for each thing done.
 * @returns {Promise<boolean>} Whether anything had to be built.
 */
export async function build(tell = () => {}) {
  const wanted = fingerprints()
  const commit = commitOfCheckout()
  const had = lastBuild()
  if (had !== null && Object.keys(wanted).every((part) => had[part] === wanted[part])) {
    if (had.commit !== commit) recordBuild(DIST, { ...wanted, commit })
    return false
  }

  const draft = `${DIST}.${process.pid}`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { recursive: true })
  try {
    const keep = (part, path) => {
      if (had?.[part] !== wanted[part] || !existsSync(join(DIST, path))) return false
      cpSync(join(DIST, path), join(draft, path), { recursive: true })
      return true
    }
    await timed(tell, 'TypeScript', () => transpile(draft))
    if (wanted.workflows !== null && !keep('workflows', BUNDLE))
      await timed(tell, 'workflow bundle', () => bundleWorkflows(draft))
    if (wanted.panel !== null && !keep('panel', 'panel')) await timed(tell, 'panel', () => buildPanel(draft))
    recordBuild(draft, { ...wanted, commit })
    putInPlace(draft)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
  return true
}

/** Returns a fingerprint for each part of the build, null for a part that does not exist. */
function fingerprints() {
  const common = ['package-lock.json', 'scripts/build.js']
  const workflowFiles = [...sources(WORKFLOW_FOLDERS), 'temporal.config.ts']
  const panelFiles = existsSync(join(ROOT, 'panel/index.html')) && isInstalled('vite') ? listFiles(ROOT, 'panel') : null
  return {
    code: fingerprint(ROOT, [...common, ...sources(FOLDERS), 'temporal.config.ts']),
    workflows: existsSync(join(ROOT, WORKFLOW_ENTRY)) ? fingerprint(ROOT, [...common, ...workflowFiles]) : null,
    panel: panelFiles === null ? null : fingerprint(ROOT, [...common, ...panelFiles]),
  }
}

/** The short commit, with `-dirty` where files differ from it; null outside of a git checkout. */
function commitOfCheckout() {
  if (!existsSync(join(ROOT, '.git'))) return null
  try {
    const options = { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }
    return execFileSync('git', ['describe', '--always', '--dirty', '--abbrev=7', '--exclude=*'], options).trim()
  } catch {
    return null
  }
}

/** `tetik --version` reads the commit from here. */
function recordBuild(folder, content) {
  const draft = join(folder, `build.json.${process.pid}`)
  writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`)
  renameSync(draft, join(folder, 'build.json'))
}

function lastBuild() {
  try {
    return JSON.parse(readFileSync(join(DIST, 'build.json'), 'utf8'))
  } catch {
    return null
  }
}

/** Returns the files of the folders that belong in dist/, without tests and declarations. */
function sources(folders) {
  return folders.flatMap((folder) => listFiles(ROOT, folder)).filter((file) => !/\.(test|d)\.ts$|\.md$/.test(file))
}

async function transpile(draft) {
  const { build: esbuild } = await import('esbuild')
  const files = [...sources(FOLDERS), 'temporal.config.ts']
  await esbuild({
    absWorkingDir: ROOT,
    entryPoints: files.filter((file) => file.endsWith('.ts')),
    outdir: draft,
    outbase: ROOT,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'error',
  })
  for (const file of files.filter((name) => !name.endsWith('.ts'))) cpSync(join(ROOT, file), join(draft, file))
}

async function bundleWorkflows(draft) {
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker')
  const { code } = await bundleWorkflowCode({ workflowsPath: join(ROOT, WORKFLOW_ENTRY), logger: new DefaultLogger('WARN') })
  writeFileSync(join(draft, BUNDLE), code)
}

async function buildPanel(draft) {
  const { build: vite } = await import('vite')
  await vite({
    root: join(ROOT, 'panel'),
    logLevel: 'warn',
    build: { outDir: join(draft, 'panel'), emptyOutDir: false, chunkSizeWarningLimit: 2_000 },
  })
}

/** Uses two renames, because a folder cannot replace another; waits for a concurrent build. */
function putInPlace(draft) {
  const old = `${draft}.old`
  for (let attempt = 1; ; attempt += 1) {
    if (existsSync(DIST)) renameSync(DIST, old)
    try {
      renameSync(draft, DIST)
      break
    } catch (error) {
      if (attempt === 5 || !['ENOTEMPTY', 'EEXIST'].includes(error.code)) throw error
      rmSync(old, { recursive: true, force: true })
    }
  }
  rmSync(old, { recursive: true, force: true })
}

/** `npm ci --omit=dev` does not install Vite; everything but the panel is built then. */
function isInstalled(name) {
  return existsSync(join(ROOT, 'node_modules', name, 'package.json'))
}

async function timed(tell, what, work) {
  const began = performance.now()
  await work()
  tell(`built the ${what} in ${((performance.now() - began) / 1000).toFixed(1)} s`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  // npx prepares a checkout that it links, installed or not; failing would leave npx's cache broken for it.
  if (process.env.npm_lifecycle_event === 'prepare' && !isInstalled('esbuild')) {
    console.error('tetik was not built, because its packages are not installed: run `npm ci` first.')
    process.exit(0)
  }
  try {
    const built = await build((line) => console.log(line))
    if (!built) console.log('dist/ is up to date')
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}
