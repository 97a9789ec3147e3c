/**
 * `npm run words [path…]`: finds words that readers have to decode, and suggests others. Checks all files that git does not ignore, or
 * those below the given paths: comments, messages, documents, and identifiers, split at capitals.
 */

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** Matched case-insensitively, after camel-case identifiers are split into words. */
const WORDS = [
  [/\bstands?\b(?! (for|out|alone|in for)\b)|\bstood\b/, 'exists, is, is written'],
  [/\bbears?\b|\bborne\b/, 'has'],
  [/\btold\b|\btells\b/, 'is notified, reported, logged; says'],
  [/\b(goes|go|went) by\b/, 'uses'],
  [/\b(says?|said|gives?|gave|given) (a|their|its|his|the|no) word\b/, 'approves, rejects, answers'],
  [/\bbrought to (an|its|their) end\b/, 'completed'],
  [/\bwhoever\b/, 'the caller, those who'],
  [/\bunder way\b/, 'in progress, running'],
  [/\bdear(er|est)?\b/, 'expensive, more expensive'],
  [/\blet(s|ting)? go of\b/, 'release'],
  [/\b(comes?|came|becomes?|became) of\b/, 'outcome, result'],
  [/\bfor good\b/, 'permanently'],
  [/\banew\b|\bafresh\b/, 'again'],
  [/\bin force\b/, 'active, loaded'],
  [/(?<!\bthere )\b(is|are|was|were|be) none\b(?! of)/, 'is not one, does not exist; is invalid'],
  [/\bbeside\b/, 'next to, with, in addition to'],
].map(([pattern, instead]) => [new RegExp(pattern, 'gi'), instead])

/**
 * Names that clients, stores or running workflows depend on: codes of problems and reasons, fields of responses, events and
 * activities. They cannot change before a new version of their contract.
 */
const CONTRACT =
  /launch-under-way|budget-under-way|upload-stands-still|\bunderWay\b|\btold: |['"]told['"]|\bbeside\??:|\binput\.beside\b|\bbeside( = false\b|\))|, beside /g

/** Texts that we do not write: recorded histories, Meta's field lists, the licence. */
const NOT_OURS = /^(package-lock\.json|LICENSE|scripts\/check-words\.js|sandbox\/catalog\/graph\.json|test\/histories\/.*\.json)$/
const TEXT = /\.(ts|tsx|js|md|ya?ml|json|txt|html|css)$/

/**
 * @param {string} root
 * @param {readonly string[]} paths Files or folders below the root; all if empty.
 * @returns {string | null} A line for each word found, or null.
 */
export function checkWords(root, paths = []) {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...paths], {
    cwd: root,
  })
  const files = String(listed).split('\0')
  const faults = files.filter((file) => TEXT.test(file) && !NOT_OURS.test(file)).flatMap((file) => wordsIn(root, file))
  return faults.length === 0 ? null : faults.join('\n')
}

function wordsIn(root, file) {
  let text
  try {
    text = readFileSync(join(root, file), 'utf8')
  } catch {
    // Deleted in the working tree.
    return []
  }
  return [file, ...text.split('\n')].flatMap((line, number) => {
    const words = line
      .replace(CONTRACT, '')
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .replace(/[-_]/g, ' ')
    return WORDS.flatMap(([pattern, instead]) =>
      [...words.matchAll(pattern)].map(([found]) => `${file}:${Math.max(1, number)}: “${found}”: write ${instead}`),
    )
  })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const faults = checkWords(dirname(dirname(fileURLToPath(import.meta.url))), process.argv.slice(2))
  if (faults !== null) console.error(faults)
  process.exitCode = faults === null ? 0 : 1
}
