import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..', '..')
const RULES = `rules:
  - id: high
    scope: adset
    where: delivering
    when:
      - cpa[last_3d] > 120 TRY
      - spend[today] > 250 TRY
    then: [pause]
    for: 2h
`
const DATA = `Raporlama başlangıcı;Raporlama bitişi;Kampanya Adı;Reklam Seti Adı;Harcanan Tutar (TRY);Satın Almalar
2026-03-07;2026-03-07;TR | Yaz;Kadın 25-44;1.234,50;2
2026-03-08;2026-03-08;TR | Yaz;Kadın 25-44;300,00;
2026-03-10;2026-03-10;TR | Yaz;Kadın 25-44;260,75;
2026-03-09;2026-03-09;TR | Yaz;Erkek 25-44;90,00;
2026-03-10;2026-03-10;TR | Yaz;Erkek 25-44;90,00;1
;;;;1.975,25;3
`

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tetik-eval-'))
  await writeFile(join(folder, 'rules.yaml'), RULES)
  await writeFile(join(folder, 'data.csv'), DATA)
})
afterEach(() => rm(folder, { recursive: true }))

/** Runs the command in a separate process. */
const evaluate = (...more: string[]): Promise<{ status: number; out: string; err: string }> =>
  new Promise((resolve) => {
    const command = [
      '--import',
      import.meta.resolve('tsx'),
      join(ROOT, 'cli', 'main.ts'),
      'eval',
      'rules.yaml',
      '--data',
      'data.csv',
      ...more,
    ]
    const options = { cwd: folder, env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined } }
    const child = execFile(process.execPath, command, options, (_, out, err) =>
      resolve({ status: child.exitCode ?? -1, out, err }),
    )
  })
const AT = ['--at', '2026-03-10 14:00', '--timezone', 'Europe/Istanbul'] as const

describe('tetik eval', () => {
  it('shows each decision with both sides of its conditions, firings first', async () => {
    const { status, out, err } = await evaluate(...AT)
    // Intl puts a non-breaking space after the currency code.
    expect({ status, out: out.replaceAll('\u00a0', ' '), err }).toEqual({
      status: 0,
      err: '',
      out: `At 2026-03-10T14:00:00+03:00

high
  not applied here: for 2h, cooldown 1d

  OUTCOME  ENTITY          CONDITION                             LEFT       RIGHT  DIFFERENCE
  fire     Kadın 25-44  ✓  cpa[last_3d] > 120 TRY          TRY 767.25  TRY 120.00  +539.4%
                        ✓  spend[today] > 250 TRY          TRY 260.75  TRY 250.00  +4.3%
                        ✓  delivering                             yes         yes
  hold     Erkek 25-44  ?  cpa[last_3d] > 120 TRY  at least TRY 90.00  TRY 120.00  there are no results to divide by yet, so it is at least 90 and may still become true or false
                        ✗  spend[today] > 250 TRY           TRY 90.00  TRY 250.00  −64%
                        ✓  delivering                             yes         yes

2 decisions: 1 fire, 0 unknown, 1 hold
`,
    })
  })

  it('prints the same as JSON', async () => {
    const { status, out } = await evaluate(...AT, '--json')
    const { at, decisions } = JSON.parse(out) as { at: string; decisions: Record<string, unknown>[] }
    expect([status, at, decisions.length]).toEqual([0, '2026-03-10T14:00:00+03:00', 2])
    expect(decisions[0]).toMatchObject({
      rule: 'high',
      entity: { scope: 'adset', id: null, name: 'Kadın 25-44' },
      outcome: 'fire',
      trace: [{ condition: 'cpa[last_3d] > 120 TRY', result: true, left: 767.25, right: 120, unit: 'TRY' }, {}, {}],
      steps: ['pause'],
    })
    expect(decisions[1]).toMatchObject({ outcome: 'hold', trace: [{ result: null, left: { atLeast: 90 } }, {}, {}], steps: [] })
  })

  it('prints its assumptions to standard error', async () => {
    const { err } = await evaluate('--at', '2026-03-10 14:00')
    expect(err).toContain('using UTC')
  })

  it.each([
    ['a column that a rule needs', { data: DATA.replace('Satın Almalar', 'Beğeniler') }, [], 'needs the column `purchases`'],
    ['rules with errors', { rules: RULES.replace('last_3d', 'last_4d') }, [], 'last_4d'],
    ['a currency other than the file’s', {}, ['--currency', 'USD'], '--currency USD contradicts data.csv, which is in TRY'],
    ['an invalid currency', {}, ['--currency', 'TL'], '--currency TL is not a currency'],
    ['an invalid time', {}, ['--at', 'tomorrow'], '--at tomorrow is not a time'],
    ['an invalid time zone', {}, ['--timezone', 'Istanbul'], '--timezone Istanbul is not a known time zone'],
    ['an invalid result', {}, ['--result', 'cpa'], '--result cpa is not a metric'],
    ['a spreadsheet', { data: 'PK\u0000\u0000' }, [], 'the file is not text'],
  ])('refuses %s, without partial output', async (_, files: { data?: string; rules?: string }, more, message) => {
    if (files.data !== undefined) await writeFile(join(folder, 'data.csv'), files.data)
    if (files.rules !== undefined) await writeFile(join(folder, 'rules.yaml'), files.rules)
    const { status, out, err } = await evaluate(...AT, ...more)
    expect([status, out]).toEqual([2, ''])
    expect(err).toContain(message)
  })

  it('accepts a file in another currency than the account in tetik.yaml, unless a rule needs an amount of the account', async () => {
    const settings =
      'accounts:\n  - { name: moda, id: act_1, currency: USD, timezone: Europe/Istanbul, targets: { target_cpa: 5 USD } }\n'
    await writeFile(join(folder, 'tetik.yaml'), settings)
    expect((await evaluate(...AT)).status).toBe(0)
    await writeFile(join(folder, 'rules.yaml'), RULES.replace('120 TRY', 'target_cpa'))
    const { status, err } = await evaluate(...AT)
    expect([status, err]).toEqual([
      2,
      'tetik: data.csv is in TRY, but the rule high needs `target_cpa` of moda, which is in USD\n',
    ])
  })
})
