import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { describe, expect, it } from 'vitest'

import { readRuleSets } from '../../cli/base/rule-sets.js'
import { evaluateData } from '../../cli/data/evaluate-data.js'
import { readData } from '../../cli/data/read-data.js'
import { evalAsJson } from '../../cli/views/eval.js'

const HERE = import.meta.dirname
const DATA = resolve(HERE, '../../../shared/data')
const PYTHON = 'python3'

const TIMES = [
  '2024-12-31 12:00', // before the first day
  '2025-01-01 00:00',
  '2025-01-04 09:30',
  '2025-01-15 23:59',
  '2025-02-02 12:00',
  '2025-02-28 12:00',
  '2025-03-01 00:10',
  '2025-03-10 08:00',
  '2025-03-31 23:59', // the last day
  '2025-04-01 00:00',
  '2025-04-08 12:00', // after it
  '2025-06-15 12:00',
]

interface Decided {
  readonly at: string
  readonly rule: string
  readonly entity: string | null
  readonly outcome: string
  readonly left: number | null | { readonly atLeast: number }
}

interface EvalJson {
  readonly decisions: readonly {
    readonly rule: string
    readonly entity: { readonly scope: string; readonly id: string | null; readonly name: string | null }
    readonly outcome: string
    readonly trace: readonly { readonly left: Decided['left'] }[]
  }[]
}

/** Returns why the comparison cannot be made on this machine, or null if it can. */
function missing(file: string): string | null {
  if (!existsSync(join(DATA, file))) return `${file} is not in the folder next to the project`
  return spawnSync(PYTHON, ['--version']).status === 0 ? null : `there is no ${PYTHON}`
}

const independent = (...args: string[]): Decided[] =>
  JSON.parse(execFileSync(PYTHON, [join(HERE, 'decisions.py'), ...args], { maxBuffer: 1e9 }).toString()) as Decided[]

async function ours(rules: string, file: string, at: string): Promise<Decided[]> {
  const sets = await readRuleSets([join(HERE, rules)], HERE)
  const text = await readData(join(DATA, file))
  const { evaluated, diagnostics } = await evaluateData(sets, { path: file, text }, { at, timezone: 'UTC', currency: 'USD' })
  expect(diagnostics).toEqual([])
  const { decisions } = JSON.parse(evalAsJson(evaluated!)) as EvalJson
  return decisions.map(({ rule, entity, outcome, trace }) => ({
    at,
    rule,
    entity: entity.scope === 'account' ? null : (entity.id ?? entity.name),
    outcome,
    left: trace[0]!.left,
  }))
}

const keyOf = ({ at, rule, entity }: Decided): string => `${at} ${rule} ${entity ?? 'account'}`

/** Compares values; ours are rounded for people, money to the cent and others to twelve digits. */
function sameSide(one: Decided['left'], other: Decided['left']): boolean {
  if (one === null || other === null) return one === other
  if (typeof one === 'object' || typeof other === 'object')
    return typeof one === 'object' && typeof other === 'object' && sameSide(one.atLeast, other.atLeast)
  return Math.abs(one - other) <= 0.005 + 1e-9 * Math.abs(other)
}

function compareRows(mine: readonly Decided[], theirs: readonly Decided[]): void {
  expect(mine.map(keyOf).sort()).toEqual(theirs.map(keyOf).sort())
  const byKey = new Map(theirs.map((row) => [keyOf(row), row]))
  const different = mine.filter((row) => {
    const other = byKey.get(keyOf(row))!
    return row.outcome !== other.outcome || !sameSide(row.left, other.left)
  })
  expect(different.map((row) => ({ ours: row, theirs: byKey.get(keyOf(row)) }))).toEqual([])
}

const outcomes = (rows: readonly Decided[]): Set<string> => new Set(rows.map(({ outcome }) => outcome))

describe('an independent script makes the same decisions, row by row', () => {
  it('on 90 days of ad sets with blank cells and several rows a day', async (context) => {
    const reason = missing('fb-ads-daily-2025.csv')
    if (reason !== null) return context.skip(reason)
    const theirs = independent('daily', join(DATA, 'fb-ads-daily-2025.csv'), ...TIMES)
    const mine: Decided[] = []
    for (const at of TIMES) mine.push(...(await ours('daily.rules.yaml', 'fb-ads-daily-2025.csv', at)))
    compareRows(mine, theirs)
    // The comparison is only meaningful if all kinds of outcomes occur.
    expect(outcomes(mine)).toEqual(new Set(['fire', 'hold', 'unknown']))
    expect(mine.some(({ left }) => typeof left === 'object' && left !== null)).toBe(true)
    expect(mine.length).toBeGreaterThan(3000)
  })

  it('on ads with totals and no dates', async (context) => {
    const reason = missing('facebook-ads-2017.csv')
    if (reason !== null) return context.skip(reason)
    const theirs = independent('totals', join(DATA, 'facebook-ads-2017.csv')).map((row) => ({ ...row, at: '2025-01-01' }))
    const mine = await ours('totals.rules.yaml', 'facebook-ads-2017.csv', '2025-01-01')
    compareRows(mine, theirs)
    expect(outcomes(mine)).toEqual(new Set(['fire', 'hold', 'unknown']))
    expect(mine.some(({ left }) => typeof left === 'object' && left !== null)).toBe(true)
    expect(mine.length).toBeGreaterThan(5000)
  })
})
