/** Checks links between documents, and that index pages are complete. */

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const tracked = (pattern: string) =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--', pattern], { cwd: ROOT, encoding: 'utf8' })
    .split('\n')
    .filter((file) => file !== '' && existsSync(join(ROOT, file)))
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')

/** Returns the anchor that GitHub gives a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-')

const anchorsOf = (text: string) => [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading!))

/** Returns a page's relative links, without those in code. */
const linksOf = (text: string) =>
  [...text.replace(/```[\s\S]*?```/g, '').matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link!)
    .filter((link) => !/^[a-z]+:/.test(link))

test.each(tracked('*.md'))('%s only links to files and headings that exist', (file) => {
  const broken = linksOf(read(file)).filter((link) => {
    const [path, anchor] = link.split('#') as [string, string?]
    const target = path === '' ? file : join(dirname(file), path)
    if (!existsSync(join(ROOT, target))) return true
    return anchor !== undefined && target.endsWith('.md') && !anchorsOf(read(target)).includes(anchor)
  })
  expect(broken).toEqual([])
})

test.each([
  ['docs/README.md', 'docs/*.md'],
  ['docs/decisions/README.md', 'docs/decisions/*.md'],
  ['examples/README.md', 'examples/rules/*.yaml'],
  ['examples/README.md', 'examples/specs/*.yaml'],
])('%s lists %s', (index, pattern) => {
  const folder = dirname(index)
  const listed = linksOf(read(index)).map((link) => join(folder, link))
  const pages = tracked(`:(glob)${pattern}`).filter((file) => file !== index && !file.endsWith('.test.yaml'))
  expect(pages.filter((file) => !listed.includes(file))).toEqual([])
})
