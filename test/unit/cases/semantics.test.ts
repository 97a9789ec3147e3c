/** Small realistic projects, run as the commands run them. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { readRuleSets } from '../../../cli/base/rule-sets.js'
import { evaluateData } from '../../../cli/data/evaluate-data.js'
import { runTests } from '../../../cli/data/run-tests.js'
import { evalAsJson } from '../../../cli/views/eval.js'
import { testsForPeople } from '../../../cli/views/test.js'

interface EvalJson {
  readonly decisions: readonly {
    readonly rule: string
    readonly entity: { readonly name: string }
    readonly outcome: string
    readonly trace: readonly { readonly left: unknown }[]
  }[]
}

const at = (...path: string[]) => join(import.meta.dirname, ...path)

async function testsOf(folder: string): Promise<string> {
  return testsForPeople(await runTests([at(folder)], at(folder)), { colour: false, coverage: false })
}

describe('clear-resolved-early', () => {
  it('reports "Resolved" once `clear` is true, and nothing between `when` and `clear`', async () => {
    expect(await testsOf('clear-resolved-early')).toMatch(/1 passed/)
  })
})

describe('zero-count-negative', () => {
  it('is unknown for a loss divided by zero orders, in either comparison', async () => {
    const folder = at('zero-count-negative')
    const data = { path: 'd.csv', text: readFileSync(join(folder, 'd.csv'), 'utf8') }
    const sets = await readRuleSets([join(folder, 'rules.yaml')], folder)
    const { evaluated, diagnostics } = await evaluateData(sets, data, { at: '2026-03-10 12:00' })
    expect(diagnostics).toEqual([])
    const { decisions } = JSON.parse(evalAsJson(evaluated!)) as EvalJson
    const found = decisions.map(({ entity, rule, outcome, trace }) => [entity.name, rule, outcome, trace[0]!.left])
    expect(found).toEqual(
      expect.arrayContaining([
        ['A', 'kill-loss-makers', 'unknown', null],
        ['A', 'raise-small-loss', 'unknown', null],
        ['B', 'kill-loss-makers', 'fire', -465],
        ['B', 'raise-small-loss', 'fire', -465],
        ['X', 'kill-loss-makers', 'unknown', null],
      ]),
    )
  })
})

describe('priority-one-tick', () => {
  it('holds the lower rule while the higher one is in cooldown and its condition is still true', async () => {
    expect(await testsOf('priority-one-tick')).toMatch(/1 passed/)
  })
})
