import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..', '..')

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tetik-forecast-'))
})
afterEach(() => rm(folder, { recursive: true }))

interface Answer {
  readonly model: string | null
  readonly points: readonly Record<string, number | string>[]
  readonly series: readonly { series: string | null; accuracy: string | null; notes: string[] }[]
  readonly skipped: readonly { series: string | null; reason: string }[]
}

/** Runs the command in a separate process. */
async function forecast(text: string, ...more: string[]): Promise<{ status: number; out: string; err: string }> {
  await writeFile(join(folder, 'data.csv'), text)
  return new Promise((resolve) => {
    const main = join(ROOT, 'cli/main.ts')
    const command = ['--import', import.meta.resolve('tsx'), main, 'forecast', '--data', 'data.csv', ...more]
    execFile(process.execPath, command, { cwd: folder, env: { ...process.env, NO_COLOR: '1' } }, (error, out, err) =>
      resolve({ status: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
  })
}

const day = (index: number): string => new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10)
const rows = (count: number, value: (index: number) => number | string, name = ''): string =>
  Array.from({ length: count }, (_, index) => `${name}${day(index)},${value(index)}\n`).join('')
const usual = (index: number): number => 100 + 10 * (index % 7) + ((index * 7919) % 13)

describe('tetik forecast --json', () => {
  it('continues from the last day, with an 80% band within the 95% band around each mean', async () => {
    const { status, out } = await forecast(`timestamp,value\n${rows(60, usual)}`, '--days', '10', '--json')
    const answer = JSON.parse(out) as Answer
    expect(status).toBe(0)
    expect(Object.keys(answer.points[0]!)).toEqual(['date', 'mean', 'lo80', 'hi80', 'lo95', 'hi95'])
    expect(answer.points.map(({ date }) => date)).toEqual(Array.from({ length: 10 }, (_, step) => day(60 + step)))
    for (const { mean, lo80, hi80, lo95, hi95 } of answer.points as Record<string, number>[])
      expect([lo95, lo80, mean, hi80, hi95]).toEqual([lo95!, lo80!, mean!, hi80!, hi95!].sort((a, b) => a - b))
    expect(answer.skipped).toEqual([])
    expect(answer.series[0]?.accuracy).toMatch(/^off by \d+% on average over the last \d+ /)
  })

  it('forecasts all series that it can, names the series of each point, and says why it skips the others', async () => {
    const text = `series,timestamp,value\n${rows(30, usual, 'A,')}${rows(13, usual, 'B,')}${rows(30, () => 'x', 'C,')}${rows(30, () => 5, 'D,')}`
    const { status, out } = await forecast(text, '--days', '3', '--json')
    const { points, skipped, series } = JSON.parse(out) as Answer
    expect(status).toBe(0)
    expect(points.map(({ series: name }) => name)).toEqual(['A', 'A', 'A', 'D', 'D', 'D'])
    expect(points.slice(3).map(({ mean }) => mean)).toEqual([5, 5, 5])
    expect(skipped.map(({ series: name }) => name).sort()).toEqual(['B', 'C'])
    expect(skipped.find(({ series: name }) => name === 'B')?.reason).toMatch(/not enough history: 13 of at least 14/)
    expect(series.find(({ series: name }) => name === 'D')?.notes[0]).toMatch(/stay as it is/)
  })

  it('uses the series’ own interval and format of time stamps', async () => {
    const hours = Array.from({ length: 100 }, (_, hour) => new Date(Date.UTC(2026, 0, 1, hour)).toISOString().slice(0, 16))
    const text = `timestamp,value\n${hours.map((hour, index) => `${hour.replace('T', ' ')},${50 + (index % 24)}\n`).join('')}`
    const { out } = await forecast(text, '--days', '2', '--json')
    expect((JSON.parse(out) as Answer).points.map(({ date }) => date)).toEqual(['2026-01-05 04:00', '2026-01-05 05:00'])
  })
})

describe('tetik forecast', () => {
  it('shows a chart and the numbers, and writes a page', async () => {
    const { status, out } = await forecast(`timestamp,value\n${rows(60, usual)}`, '--html', 'out.html')
    expect(status).toBe(0)
    expect(out).toMatch(/┊.*○/)
    expect(out).toMatch(/2026-03-02 +\d/)
    expect(await readFile(join(folder, 'out.html'), 'utf8')).toMatch(/<svg.*<polyline/s)
  })

  it('exits with 1 if there is too little history, and with 2 if the file has errors', async () => {
    const short = await forecast(`timestamp,value\n${rows(13, usual)}`)
    expect([short.status, short.out]).toEqual([1, expect.stringMatching(/not enough history/)])
    const doubled = await forecast(`timestamp,value\n${rows(20, usual)}${rows(1, usual)}`, '--json')
    expect([doubled.status, doubled.err]).toEqual([2, expect.stringMatching(/2026-01-01 appears twice/)])
    const columns = await forecast('date_start,spend,clicks\n2026-01-01,1,2\n')
    expect([columns.status, columns.err]).toEqual([2, expect.stringMatching(/data\.csv:1:1/)])
    const option = await forecast(`timestamp,value\n${rows(20, usual)}`, '--days', '0')
    expect([option.status, option.err]).toEqual([2, expect.stringMatching(/1 to 400/)])
  })
})
