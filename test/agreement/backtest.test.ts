import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { expect, it } from 'vitest'

import { readRuleSets } from '../../cli/base/rule-sets.js'
import { runsOnData } from '../../cli/data/backtest-data.js'
import { readData } from '../../cli/data/read-data.js'
import { runBacktest } from '../../cli/data/run-backtest.js'

const HERE = import.meta.dirname
const DATA = resolve(HERE, '../../../shared/data/fb-ads-daily-2025.csv')
const PYTHON = 'python3'

/** Why the comparison cannot be made on this machine, or null if it can. */
const missing = !existsSync(DATA)
  ? 'the data is not in the folder next to the project'
  : spawnSync(PYTHON, ['--version']).status === 0
    ? null
    : `there is no ${PYTHON}`

interface Played {
  readonly firings: readonly { readonly day: string; readonly rule: string; readonly entity: string | null }[]
  readonly summary: Readonly<Record<string, readonly [spend: number, results: number]>>
}

it.skipIf(missing !== null)(
  `a backtest of 90 days has the same firings as an independent script, with for, clear, cooldown, limit and priority (skipped if ${missing ?? 'the data is missing'})`,
  async () => {
    const independent = JSON.parse(
      execFileSync(PYTHON, [join(HERE, 'firings.py'), DATA], { maxBuffer: 1e9 }).toString(),
    ) as Played
    const sets = await readRuleSets([join(HERE, 'backtest.rules.yaml')], HERE)
    const { runs, diagnostics } = runsOnData(
      sets,
      { path: 'daily.csv', text: await readData(DATA) },
      { timezone: 'UTC', currency: 'USD' },
    )
    expect(diagnostics).toEqual([])
    const report = await runBacktest(runs!, {})

    const line = (day: string, rule: string, entity: string | null): string => `${day} ${rule} ${entity ?? ''}`
    const ours = report.firings.map(({ day, rule, entity }) =>
      line(day, rule.id, entity.scope === 'account' ? null : entity.name),
    )
    const theirs = independent.firings.map(({ day, rule, entity }) => line(day, rule, entity))
    expect(ours.sort()).toEqual(theirs.sort())
    // Every rule fires several times, so that there is something to compare.
    expect(report.summary.filter(({ firings }) => firings < 3)).toEqual([])
    const after = report.summary.map(({ rule, spendAfter, resultsAfter }) => [rule.id, [spendAfter! / 100, resultsAfter]])
    expect(Object.fromEntries(after)).toEqual(independent.summary)
  },
)
