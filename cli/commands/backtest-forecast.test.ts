import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..', '..')

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tetik-past-'))
})
afterEach(() => rm(folder, { recursive: true }))

const RULE = 'rules:\n  - { id: r, scope: adset, every: 1h, when: "spend[yesterday] > 1 TRY", then: [pause] }\n'
const day = (index: number): string => new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10)

interface Past {
  readonly forecasts: readonly { metric: string; made: string; forecast: number; lo80: number; hi80: number; came: number }[]
  readonly summary: readonly { metric: string; made: number; error: number }[]
}

it('tetik backtest --forecast compares forecasts, made with what was known then, with the actual values', async () => {
  const spend = (index: number): number => 100 + 10 * (index % 7) + ((index * 7919) % 5)
  const rows = (jump: number): string =>
    Array.from({ length: 60 }, (_, index) => `${day(index)},A,${index >= 53 ? jump * spend(index) : spend(index)},4\n`).join('')
  await writeFile(join(folder, 'r.yaml'), RULE)
  const past = async (jump: number): Promise<Past> => {
    await writeFile(join(folder, 'd.csv'), `date,adset_name,spend,purchases\n${rows(jump)}`)
    const options = ['--data', 'd.csv', '--currency', 'TRY', '--timezone', 'Europe/Istanbul', '--forecast', '--json']
    const command = ['--import', import.meta.resolve('tsx'), join(ROOT, 'cli/main.ts'), 'backtest', 'r.yaml', ...options]
    const out = await new Promise<string>((resolve) =>
      execFile(process.execPath, command, { cwd: folder }, (_, text) => resolve(text)),
    )
    return JSON.parse(out) as Past
  }
  const usual = (await past(1)).forecasts.filter(({ metric }) => metric === 'spend')
  expect(usual.at(-1)).toMatchObject({ made: day(52) })
  for (const { forecast, came } of usual) expect(Math.abs(forecast / came - 1)).toBeLessThan(0.1)
  // What came afterwards was not known when the forecast was made, and the output shows that the actual values differ.
  const jumped = await past(3)
  const last = jumped.forecasts.filter(({ metric }) => metric === 'spend').at(-1)!
  expect(last.forecast).toBeCloseTo(usual.at(-1)!.forecast, 6)
  expect(last.came).toBeGreaterThan(last.hi80)
  expect(jumped.summary.map(({ metric }) => metric)).toEqual(['spend', 'results', 'cpa'])
})
