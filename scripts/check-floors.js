/**
 * `npm run floors`: imports run one way. No two folders import each other, directly or round a corner, not even for a type; and
 * no folder holds more source files than a reader can take in.
 */

import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { listFiles } from './files.js'

const FOLDERS = ['engine', 'workflows', 'activities', 'connectors', 'store', 'service', 'cli', 'sandbox', 'panel/src']
const MOST_FILES = 40

/**
 * @param {string} root
 * @returns {Promise<string | null>} What is wrong, or null.
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
    .map(([folder, count]) => `${folder}/ holds ${count} source files, more than ${MOST_FILES}: make rooms in it.`)
}

/** For each folder those that it imports, each with one import that shows it. */
async function importsBetween(root, files) {
  // Only now: `npm test` loads this file before the packages are installed.
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

/** The TypeScript that an import of `.js` means. */
function sourceOf(root, path) {
  const candidates = [path.replace(/\.js$/, '.ts'), path.replace(/\.js$/, '.tsx'), path]
  return candidates.find((candidate) => /\.(ts|tsx|js)$/.test(candidate) && existsSync(join(root, candidate))) ?? null
}

/** A sentence for each set of folders that reach each other, by the shortest way round. */
function knots(graph) {
  const found = []
  const known = new Set()
  for (const start of graph.keys()) {
    if (known.has(start)) continue
    const way = shortestWayRound(graph, start)
    if (way === null) continue
    for (const folder of way) known.add(folder)
    const steps = way.map((folder, index) => `  ${graph.get(folder).get(way[index + 1] ?? start)}`)
    found.push(`These folders import each other: ${way.join(', ')}\n${steps.join('\n')}`)
  }
  return found
}

function shortestWayRound(graph, start) {
  const ways = [[start]]
  const seen = new Set([start])
  for (const way of ways) {
    for (const next of graph.get(way.at(-1))?.keys() ?? []) {
      if (next === start) return way
      if (seen.has(next)) continue
      seen.add(next)
      ways.push([...way, next])
    }
  }
  return null
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const faults = await checkFloors(dirname(dirname(fileURLToPath(import.meta.url))))
  if (faults !== null) console.error(faults)
  process.exitCode = faults === null ? 0 : 1
}
