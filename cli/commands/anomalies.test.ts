import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..', '..')

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tetik-anomalies-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** Runs the command in a separate process. */
async function anomalies(text: string, ...more: string[]): Promise<{ status: number; out: string; err: string }> {
  await writeFile(join(folder, 'data.csv'), text)
  return new Promise((resolve) => {
    const command = [
      '--import',
      import.meta.resolve('tsx'),
      join(ROOT, 'cli/main.ts'),
      'anomalies',
      '--data',
      'data.csv',
      ...more,
    ]
    execFile(process.execPath, command, { cwd: folder, env: { ...process.env, NO_COLOR: '1' } }, (error, out, err) =>
      resolve({ status: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
  })
}

const day = (index: number): string => new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10)
const rows = (count: number, value: (index: number) => number | string, name = ''): string =>
  Array.from({ length: count }, (_, index) => `${name}${day(index)},${value(index)}\n`).join('')
const usual = (index: number): number => 100 + ((index * 7919) % 13)

describe('tetik anomalies --json', () => {
  it('prints a point with the expected value for each row, and the kind of each anomaly', async () => {
    const { status, out } = await anomalies(
      `timestamp,value\n${rows(40, (index) => (index === 35 ? 0 : usual(index)))}`,
      '--json',
    )
    const answer = JSON.parse(out) as { points: Record<string, unknown>[]; skipped: unknown[]; events: unknown[] }
    expect(status).toBe(0)
    expect(answer.points).toHaveLength(40)
    expect(Object.keys(answer.points[20]!)).toEqual(['timestamp', 'value', 'expected', 'lo', 'hi', 'score', 'anomaly'])
    expect(answer.points[0]).toEqual({
      timestamp: '2026-01-01',
      value: 100,
      expected: null,
      lo: null,
      hi: null,
      score: null,
      anomaly: false,
    })
    expect(answer.points.filter(({ anomaly }) => anomaly)).toMatchObject([{ timestamp: day(35), value: 0, kind: 'zero' }])
    expect(answer.events).toMatchObject([{ kind: 'zero', from: day(35), until: day(36) }])
    expect(answer.skipped).toEqual([])
  })

  it('names the series of each point, and skips series that cannot be judged, with a reason', async () => {
    const text = `series,timestamp,value\n${rows(30, usual, 'A,')}${rows(9, usual, 'B,')}${rows(30, () => 'many', 'C,')}`
    const { status, out } = await anomalies(text, '--json')
    const { points, skipped } = JSON.parse(out) as { points: { series: string }[]; skipped: { series: string; reason: string }[] }
    expect(status).toBe(0)
    expect(new Set(points.map(({ series }) => series))).toEqual(new Set(['A']))
    expect(skipped.map(({ series }) => series).sort()).toEqual(['B', 'C'])
    expect(skipped.find(({ series }) => series === 'B')!.reason).toMatch(/not enough history: 9 values of at least 15/)
  })

  it('judges both rows of a duplicate time stamp, and says so', async () => {
    const { out, err } = await anomalies(`timestamp,value\n${rows(30, usual)}${day(29)},104\n`, '--json')
    expect((JSON.parse(out) as { points: unknown[] }).points).toHaveLength(31)
    expect(err).toMatch(/contain 2026-01-30 twice; both rows are kept/)
  })

  it('treats a gap as missing, not as zero', async () => {
    const text = `timestamp,value\n${rows(60, usual)
      .split('\n')
      .filter((_, index) => index !== 40 && index !== 41)
      .join('\n')}`
    const { points } = JSON.parse((await anomalies(text, '--json')).out) as { points: { anomaly: boolean }[] }
    expect(points).toHaveLength(58)
    expect(points.some(({ anomaly }) => anomaly)).toBe(false)
  })
})

it('shows a chart and the anomalies, and writes a page', async () => {
  const { status, out } = await anomalies(
    `timestamp,value\n${rows(60, (index) => (index === 50 ? 400 : usual(index)))}`,
    '--html',
    'page.html',
  )
  expect(status).toBe(0)
  expect(out).toContain('▲')
  expect(out).toMatch(/spike +2026-02-20 {2}400 where 1\d\d.* was expected, \+\d/)
  expect(out).toMatch(/1 anomaly in 1 series/)
  expect(await readFile(join(folder, 'page.html'), 'utf8')).toContain('<polygon')
})

it('exits with status 1 if no series has enough history', async () => {
  const short = await anomalies(`timestamp,value\n${rows(5, usual)}`, '--json')
  expect([short.status, short.err]).toEqual([1, 'The series: not enough history: 5 values of at least 15\n'])
  expect((JSON.parse(short.out) as { skipped: unknown }).skipped).toEqual([
    { series: null, reason: 'not enough history: 5 values of at least 15' },
  ])
  const mixed = await anomalies(`series,timestamp,value\n${rows(5, usual, 'A,')}${rows(30, usual, 'B,')}`)
  expect(mixed.status).toBe(0)
})

it.each([
  ['an empty file', ''],
  ['text', 'hello\nworld\n'],
  ['infinite values', `timestamp,value\n${rows(30, (index) => (index === 3 ? 'inf' : 1))}`],
  ['absurdly large values', `timestamp,value\n${rows(30, (index) => (index === 3 ? '-1e200' : 1))}`],
])('ends with status 2 and a reason for %s', async (_, text) => {
  const { status, out, err } = await anomalies(text)
  expect(status).toBe(2)
  expect(out + err).toMatch(/empty|columns|not enough|infinite|beyond/)
})
