import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { type Entity, saveStructure } from '../../store/account/entities.js'
import { openStore } from '../../store/base/store.js'
import type { RuleSet } from '../base/rule-sets.js'
import { dataOfFile, dataOfStores } from './check-data.js'
import { checkRuleSets } from './check-rules.js'

const NOW = Date.UTC(2026, 2, 10)
const SETTINGS = 'accounts:\n  - { name: moda-tr, id: act_1, currency: TRY, timezone: Europe/Istanbul }\n'
const setOf = (where: string, scope = 'adset'): RuleSet => ({
  settings: { path: 'tetik.yaml', text: SETTINGS },
  files: [{ path: 'rules/a.yaml', text: `rules:\n  - id: a\n    scope: ${scope}\n    when: age > 1d\n    where: ${where}\n` }],
})
const CSV =
  'date,campaign_name,adset_name,delivery,spend\n2026-03-01,TR | One,Summer,active,5\n2026-03-01,TR | One,Winter,inactive,5\n'

const codesOf = (set: RuleSet, dataOf: Parameters<typeof checkRuleSets>[2]) =>
  checkRuleSets({ sets: [set], diagnostics: [] }, false, dataOf).diagnostics.map(({ line, code }) => `${line} ${code}`)

const withFile = (set: RuleSet): readonly string[] => {
  const { dataOf } = dataOfFile([set], { path: 'data.csv', text: CSV }, NOW)
  return codesOf(set, { now: NOW, complete: true, dataOf: dataOf! })
}

it.each([
  ['name = "Sumer"', ['5 selects-nothing']],
  ['name = "Summer"', []],
  ['["name contains \'Winter\'", delivering]', ['5 selects-nothing']],
  ['["campaign.name matches \'TR | *\'", delivering]', []],
  ['campaign.name matches "DE | *"', ['5 selects-nothing']],
  ['{ any: ["name = \'Sumer\'", "spend[today] > 0"] }', []],
  ['["name = \'Sumer\'", "hour > 8"]', ['5 selects-nothing']],
  ['["name = \'Summer\'", "hour > 22"]', []],
  ['labels contains "sale"', []],
])('checks against a file: where: %s', (where, codes) => {
  expect(withFile(setOf(where))).toEqual(codes)
})

it('does not check a scope that the file does not have', () => {
  expect(withFile(setOf('name = "Sumer"', 'ad'))).toEqual([])
})

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tetik-check-data-'))
})
afterEach(() => rm(folder, { recursive: true }))

const entity = (level: Entity['level'], id: string, name: string): Entity => ({
  level,
  id,
  campaignId: '1',
  adsetId: level === 'adset' ? id : null,
  name,
  status: 'ACTIVE',
  effectiveStatus: 'ACTIVE',
  dailyBudget: null,
  lifetimeBudget: null,
  fields: {},
})

async function withStore(set: RuleSet): Promise<readonly string[]> {
  const { dataOf, notes } = await dataOfStores([set], folder, NOW)
  expect(notes).toEqual([])
  return codesOf(set, { now: NOW, complete: true, dataOf })
}

it('checks names against the project’s store, but not attributes that change from day to day', async () => {
  const wrong = setOf('name = "Sumer"')
  expect(await withStore(wrong)).toEqual([])
  const store = await openStore(join(folder, '.tetik', 'tetik.db'))
  await saveStructure(store, {
    account: 'moda-tr',
    levels: ['campaign', 'adset'],
    entities: [entity('campaign', '1', 'TR | One'), entity('adset', '2', 'Summer')],
    learnedAt: NOW - 1000,
  })
  await store.close()
  expect(await withStore(wrong)).toEqual(['5 selects-nothing'])
  expect(await withStore(setOf('name = "Summer"'))).toEqual([])
  expect(await withStore(setOf('status = PAUSED'))).toEqual([])
})

it('the store is only read: an empty one is left as it is', async () => {
  await mkdir(join(folder, '.tetik'))
  const file = join(folder, '.tetik', 'tetik.db')
  await writeFile(file, '')
  const { dataOf, notes } = await dataOfStores([setOf('name = "x"')], folder, NOW)
  expect(dataOf.size).toBe(0)
  expect(notes).toHaveLength(1)
  expect(await readdir(join(folder, '.tetik'))).toEqual(['tetik.db'])
  expect(await readFile(file, 'utf8')).toBe('')
})

it('a store that cannot be read is not an error of the rules', async () => {
  await mkdir(join(folder, '.tetik'))
  await writeFile(join(folder, '.tetik', 'tetik.db'), 'no database at all, but long enough to be taken for one')
  const { dataOf, notes } = await dataOfStores([setOf('name = "x"')], folder, NOW)
  expect(dataOf.size).toBe(0)
  expect(notes).toEqual([expect.stringMatching(/tetik\.db could not be read/)])
})
