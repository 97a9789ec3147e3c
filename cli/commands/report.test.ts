import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { addDays } from '../../engine/clock/zone.js'
import { saveStructure } from '../../store/account/entities.js'
import { saveInsights } from '../../store/account/insights.js'
import { beginSync, finishSync } from '../../store/account/syncs.js'
import { openStore } from '../../store/base/store.js'
import { entityOf, insightOf } from '../../test/support/rows.js'
import { reportOnData } from '../stored/report.js'

const ROOT = join(import.meta.dirname, '..', '..')
const SETTINGS = `accounts:
  - { name: moda-tr, id: act_1, currency: TRY, timezone: Europe/Istanbul, targets: { monthly_budget: 30000 TRY } }
recipients:
  - { name: reader, phone: "+905550000001", language: tr }
`
const CSV = [
  'date,adset_name,spend,purchases',
  ...Array.from({ length: 20 }, (_, day) => `${addDays('2026-02-18', day)},Women,${100 + day},2`),
  ...Array.from({ length: 20 }, (_, day) => `${addDays('2026-02-18', day)},Men,300,1`),
].join('\n')

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tetik-report-'))
  writeFileSync(join(folder, 'tetik.yaml'), SETTINGS)
  writeFileSync(join(folder, 'data.csv'), CSV)
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Runs the command in a separate process, while tetik is not running. */
const tetik = (...words: string[]): Promise<{ status: number; out: string; err: string }> =>
  new Promise((resolve) => {
    const command = ['--import', import.meta.resolve('tsx'), join(ROOT, 'cli', 'main.ts'), 'report', ...words]
    const env = { PATH: process.env['PATH'], TEMPORAL_CONFIG_FILE: join(folder, 'none.toml') }
    execFile(process.execPath, command, { cwd: folder, env }, (error, out, err) =>
      resolve({ status: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
  })

describe('tetik report', () => {
  it('prints the report of a file in the recipient’s or another language, and as JSON', async () => {
    const data = ['--data', 'data.csv', '--at', '2026-03-10 09:00']
    const { status, out, err } = await tetik('moda-tr', ...data)
    expect({ status, err }).toEqual({ status: 0, err: '' })
    expect(out).toMatch(/^Günlük rapor: moda-tr, 9 Mart 2026 Pazartesi\n/)
    expect(out).toMatch(/^Harcama: ₺419,00 \(\+%0,2; \+%1,7\)$/m)
    expect(out).toContain('Bilinmiyor: Gelir, ROAS (veride `revenue` yok).')
    expect(out).toContain('Veriler bir dosyadan.')

    const json = await tetik('moda-tr', '--weekly', '--language', 'en', '--json', ...data)
    const report = JSON.parse(json.out) as Record<string, unknown> & { figures: unknown[]; text: string }
    expect(report).toMatchObject({
      report: 'weekly',
      account: 'moda-tr',
      currency: 'TRY',
      at: '2026-03-10T09:00:00+03:00',
      days: { since: '2026-03-02', until: '2026-03-08' },
      compared: [{ with: 'week-before', days: { since: '2026-02-23', until: '2026-03-01' } }],
      month: { month: '2026-03', budget: 30000, spend: { value: 3735 }, forecast: { value: expect.any(Number) as number } },
      activity: null,
      data: { kind: 'file' },
      language: 'en',
      sent: null,
    })
    expect(report.figures).toContainEqual({
      metric: 'cpa',
      unit: 'TRY',
      value: 138.33,
      compared: [{ with: 'week-before', value: 136, change: expect.closeTo(2905 / 2856 - 1, 9) as number }],
    })
    expect(report.figures).toContainEqual(
      expect.objectContaining({ metric: 'revenue', value: null, because: 'the data has no `revenue`' }),
    )
    expect(report.text).toMatch(/^Weekly report: moda-tr, March 2, 2026/)
  })

  it('prints the report from the store as of a moment, with what was known then, and writes nothing', async () => {
    const store = await openStore(join(folder, '.tetik', 'tetik.db'))
    const read = Date.parse('2026-03-10T08:30:00+03:00')
    const days = { since: '2026-02-20', until: '2026-03-10' }
    await saveStructure(store, {
      account: 'moda-tr',
      levels: ['campaign', 'adset', 'ad'],
      entities: [entityOf()],
      learnedAt: read,
    })
    const rows = Array.from({ length: 18 }, (_, back) => insightOf({ day: addDays('2026-03-09', -back) }))
    await saveInsights(store, { account: 'moda-tr', level: 'adset', ...days, resolution: 'day', rows, learnedAt: read })
    const sync = await beginSync(store, { account: 'moda-tr', kind: 'days', ...days, startedAt: read })
    await finishSync(store, sync, read + 1)

    const known = await tetik('moda-tr', '--at', '2026-03-10 09:00')
    expect(known.out).toMatch(/^Harcama: ₺300,00 \(%0; %0\)$/m)
    expect(known.out).toContain('Veriler 10 Mar 2026 08:30')
    // An hour earlier, nothing had been read yet.
    const before = await tetik('moda-tr', '--at', '2026-03-10 07:30')
    expect(before.out).toContain('Bilinmiyor: Harcama, Sonuç')
    expect(before.out).toContain('Meta’dan henüz hiç veri okunmadı.')
    expect(before.out).not.toMatch(/₺0/)

    const sent = await tetik('moda-tr', '--at', '2026-03-10 09:00', '--send')
    expect(sent).toMatchObject({ status: 2, out: '', err: expect.stringContaining('is not running') as string })
    expect(await store.db.selectFrom('messages').select('id').execute()).toEqual([])
    await store.close()
  })

  it.each([
    [['moda-tr'], /there is no database yet/],
    [['moda-tr', '--to', 'reader'], /--send/],
    [['moda-tr', '--data', 'tetik.yaml', '--at', '2026-03-10 09:00'], /no-columns/],
  ])('%j ends with 2 and says what to do', async (words, message) => {
    const { status, out, err } = await tetik(...words)
    expect({ status, out }).toEqual({ status: 2, out: '' })
    expect(err).toMatch(message)
    expect(existsSync(join(folder, '.tetik', 'tetik.db'))).toBe(false)
  })

  it.each([
    [{ at: 'noon' }, /is not a time/],
    [{ currency: 'XXX' }, /not a currency/],
    [{ currency: 'USD' }, /contradicts data.csv, which is in TRY/],
    [{ timezone: 'Moon/Base' }, /not a known time zone/],
    [{ result: 'luck' }, /not a metric/],
  ])('refuses %j', async (change, message) => {
    const usual = { account: 'moda-tr', period: 'daily', at: '2026-03-10 09:00', language: undefined, now: 0 } as const
    const question = { ...usual, currency: undefined, timezone: undefined, result: undefined, ...change }
    const data = { path: 'data.csv', text: 'date,adset_name,Amount spent (TRY)\n2026-03-09,A,5' }
    await expect(reportOnData(question, data)).rejects.toThrow(message)
  })
})
