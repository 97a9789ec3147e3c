/**
 * `npm run floors`: checks that imports between folders have one direction. No two folders may import each other, directly or through
 * others, not even for a type, and no folder may have more source files than a reader can keep in mind.
 */

import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { listFiles } from './files.js'

const FOLDERS = ['engine', 'workflows', 'activities', 'connectors', 'store', 'service', 'cli', 'sandbox', 'panel/src']
const MOST_FILES = 40

/**
 * @param {string} root
 * @returns {Promise<string | null>} The faults, a line each, or null.
 */
export async function checkFloors(root) {
  const files = FOLDERS.flatMap((folder) => listFiles(root, folder)).filter((file) => /(?<!\.test)\.(ts|tsx|js)$/.test(file))
  const faults = [...crowded(files), ...knots(await importsBetween(root, files))]
  return faults.length === 0 ? null : faults.join('\n')
}

function crowded(files) {
  const counts = new Map()
  for (const file of files) counts.set(posix.dirname(file), (counts.get(posix.dirname(file)) ?? 0) + 1)
  return [...counts]
    .filter(([, count]) => count > MOST_FILES)
    .map(([folder, count]) => `${folder}/ has ${count} source files, more than ${MOST_FILES}: divide it into subfolders.`)
}

/** Maps each folder to the folders that it imports, each with one such import. */
async function importsBetween(root, files) {
  // Loaded here, because `npm test` loads this file before the packages are installed.
  const { default: ts } = await import('typescript')
  const graph = new Map()
  for (const file of files) {
    const folder = posix.dirname(file)
    const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), 'utf8'), true, true)
    for (const { fileName } of importedFiles) {
      const target = fileName.startsWith('.') ? sourceOf(root, posix.join(folder, fileName)) : null
      if (target === null || posix.dirname(target) === folder) continue
      if (!graph.has(folder)) graph.set(folder, new Map())
      graph.get(folder).set(posix.dirname(target), `${file} → ${target}`)
    }
  }
  return graph
}

/** Returns the source file that an import of `.js` refers to. */
function sourceOf(root, path) {
  const candidates = [path.replace(/\.js$/, '.ts'), path.replace(/\.js$/, '.tsx'), path]
  return candidates.find((candidate) => /\.(ts|tsx|js)$/.test(candidate) && existsSync(join(root, candidate))) ?? null
}

/** Returns a sentence for each set of folders that import each other, with the shortest cycle. */
function knots(graph) {
  const found = []
  const known = new Set()
  for (const start of graph.keys()) {
    if (known.has(start)) continue
    const cycle = shortestCycle(graph, start)
    if (cycle === null) continue
    for (const folder of cycle) known.add(folder)
    const steps = cycle.map((folder, index) => `  ${graph.get(folder).get(cycle[index + 1] ?? start)}`)
    found.push(`These folders import each other: ${cycle.join(', ')}\n${steps.join('\n')}`)
  }
  return found
}

function shortestCycle(graph, start) {
  const paths = [[start]]
  const seen = new Set([start])
  for (const path of paths) {
    for (const next of graph.get(path.at(-1))?.keys() ?? []) {
      if (next === start) return path
      if (seen.has(next)) continue
      seen.add(next)
      paths.push([...path, next])
    }
  }
  return null
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const faults = await checkFloors(dirname(dirname(fileURLToPath(import.meta.url))))
  if (faults !== null) console.error(faults)
  process.exitCode = faults === null ? 0 : 1
}
