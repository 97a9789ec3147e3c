import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { loadSettings } from '../account/load.js'
import { loadRules } from './read/load.js'
import { REFERENCE_TABLES, withTables } from './reference-tables.js'

const FILE = join(import.meta.dirname, '..', '..', 'docs', 'rules.md')
const text = readFileSync(FILE, 'utf8')
const blocks = [...text.matchAll(/```yaml\n(.*?)```/gs)].map(([, block]) => block!)
const settingsBlock = blocks.find((block) => /^accounts:/m.test(block))!

describe('docs/rules.md', () => {
  it('has the tables that are made from the catalogues; `vitest -u` writes them', async () => {
    for (const name of Object.keys(REFERENCE_TABLES)) expect(text).toContain(`<!-- table: ${name} -->`)
    await expect(withTables(text)).toMatchFileSnapshot(FILE)
  })

  const { settings, diagnostics } = loadSettings('tetik.yaml', settingsBlock)

  it('has a valid tetik.yaml', () => {
    expect(diagnostics).toEqual([])
  })

  it.each(blocks.filter((block) => block !== settingsBlock))('has a valid example: %s', (block) => {
    const loaded = loadRules([{ path: 'docs/rules.md', text: block }], settings)
    expect(loaded.diagnostics).toEqual([])
    expect(loaded.rules.length).toBeGreaterThan(0)
  })
})
