import { execFile, execFileSync, spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..', '..')
const RULES = `rules:
  - id: high
    scope: adset
    when: cpa[today] > 120 TRY
    cooldown: 48h
    then: [pause, whatsapp: { to: owner, text: high }]
  - { id: event, scope: adset, on: sale, when: "spend[today] > 1 TRY", then: [pause] }
`
const DATA = `date,adset_name,spend,purchases
2026-03-07,Women,300.00,1
2026-03-08,Women,300.00,1
2026-03-09,Women,300.00,1
2026-03-10,Women,100.50,1
2026-03-08,Men,90.00,1
2026-03-10,Men,130.00,
`

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tetik-backtest-'))
  await writeFile(join(folder, 'rules.yaml'), RULES)
  await writeFile(join(folder, 'data.csv'), DATA)
})
afterEach(() => rm(folder, { recursive: true }))

const COMMAND = ['--import', import.meta.resolve('tsx'), join(ROOT, 'cli', 'main.ts'), 'backtest']
const environment = (): NodeJS.ProcessEnv => ({ ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined })

/** Runs the command in a separate process. */
const run = (...words: string[]): Promise<{ status: number; out: string; err: string }> =>
  new Promise((resolve) => {
    const child = execFile(process.execPath, [...COMMAND, ...words], { cwd: folder, env: environment() }, (_, out, err) =>
      resolve({ status: child.exitCode ?? -1, out, err }),
    )
  })

const play = (...more: string[]) => run('rules.yaml', ...more)

const FILE = ['--data', 'data.csv', '--currency', 'TRY', '--timezone', 'Europe/Istanbul'] as const

interface Report {
  readonly from: string
  readonly to: string
  readonly partial: boolean
  readonly evaluations: number
  readonly firings: readonly { rule: string; entity: object; at: string; steps: string[]; trace: { left: unknown }[] }[]
  readonly summary: readonly object[]
  readonly compare?: { added: { at: string }[]; removed: { at: string }[]; rules: object[] }
}

describe('tetik backtest', () => {
  it('prints firings with their traces, and spend and results after them, as JSON', async () => {
    const { status, out, err } = await play(...FILE, '--json')
    const report = JSON.parse(out) as Report
    expect(status).toBe(0)
    expect(err).toBe('The rule event runs on the event sale; a backtest has no events.\n')
    expect(report).toMatchObject({ from: '2026-03-07', to: '2026-03-10', partial: false, evaluations: 7 })
    expect(report.firings.map(({ rule, entity, at, steps, trace }) => [rule, entity, at, steps, trace[0]!.left])).toEqual([
      ['high', { scope: 'adset', id: null, name: 'Women' }, '2026-03-07T23:59:00+03:00', ['pause', 'whatsapp'], 300],
      ['high', { scope: 'adset', id: null, name: 'Women' }, '2026-03-09T23:59:00+03:00', ['pause', 'whatsapp'], 300],
      ['high', { scope: 'adset', id: null, name: 'Men' }, '2026-03-10T23:59:00+03:00', ['pause', 'whatsapp'], { atLeast: 130 }],
    ])
    expect(report.summary).toEqual([
      { rule: 'high', firings: 3, entities: 2, spend_after: 700.5, results_after: 3 },
      { rule: 'event', firings: 0, entities: 0, spend_after: 0, results_after: 0 },
    ])
  })

  it('shows a chart, a table and the firings, and explains the numbers after a firing', async () => {
    const { status, out } = await play(...FILE, '--from', '2026-03-08')
    expect(status).toBe(0)
    expect(out).toContain('2026-03-08 to 2026-03-10')
    expect(out).toMatch(/high +2 +2 ad sets +TRY.400\.50 +2/)
    expect(out).toContain('What would have happened if the rule had acted is not known')
    expect(out).toContain('2026-03-10  high  Men  cpa[today] > 120 TRY (at least TRY')
  })

  it('writes a self-contained page', async () => {
    const { status, err } = await play(...FILE, '--html', 'page.html')
    const page = await readFile(join(folder, 'page.html'), 'utf8')
    expect(status).toBe(0)
    expect(err).toContain('Wrote page.html.')
    expect(page).toContain('<svg')
    expect(page).not.toMatch(/src=|href=|@import|url\(/)
  })

  it('compares the firings with those of the rules at a git revision', async () => {
    const git = (...words: string[]) =>
      execFileSync('git', ['-c', 'user.name=n', '-c', 'user.email=e@example.com', ...words], { cwd: folder })
    git('init', '-q')
    git('add', 'rules.yaml')
    git('commit', '-qm', 'rules')
    await writeFile(join(folder, 'rules.yaml'), RULES.replace('> 120 TRY', '> 95 TRY').replace('48h', '72h'))
    const { status, out } = await play(...FILE, '--compare', 'HEAD', '--json')
    const { compare } = JSON.parse(out) as Report
    expect(status).toBe(0)
    expect(compare!.added.map(({ at }) => at.slice(0, 10))).toEqual(['2026-03-10'])
    expect(compare!.removed.map(({ at }) => at.slice(0, 10))).toEqual(['2026-03-09'])
    expect(compare!.rules[0]).toEqual({ rule: 'high', before: 3, after: 3, added: 1, removed: 1 })
    const unknown = await play(...FILE, '--compare', 'nowhere')
    expect([unknown.status, unknown.err]).toEqual([2, expect.stringContaining('git has no revision nowhere here')])
  })

  it('names the revision whose rules have an error', async () => {
    const git = (...words: string[]) =>
      execFileSync('git', ['-c', 'user.name=n', '-c', 'user.email=e@example.com', ...words], { cwd: folder })
    git('init', '-q')
    await writeFile(join(folder, 'rules.yaml'), RULES.replace('cpa[today]', 'cpaa[today]'))
    git('add', 'rules.yaml')
    git('commit', '-qm', 'rules')
    await writeFile(join(folder, 'rules.yaml'), RULES)
    const { status, err } = await play(...FILE, '--compare', 'HEAD')
    expect(status).toBe(2)
    expect(err).toMatch(/^HEAD:rules\.yaml:\d+:\d+: error\[unknown-metric\]/m)
    expect(err).toContain('cpaa[today]')
  })

  it('compares rules whose blueprint is in another file, and treats a file that the revision does not have as new', async () => {
    const git = (...words: string[]) =>
      execFileSync('git', ['-c', 'user.name=n', '-c', 'user.email=e@example.com', ...words], { cwd: folder })
    const use = (most: string) => `rules:\n  - { id: high, use: cap, account: shop, with: { most: ${most} } }\n`
    await writeFile(
      join(folder, 'tetik.yaml'),
      'accounts: [{ name: shop, id: act_1, currency: TRY, timezone: Europe/Istanbul }]\n',
    )
    await mkdir(join(folder, 'rules'))
    await writeFile(
      join(folder, 'rules', 'cap.yaml'),
      'blueprints:\n  - { name: cap, inputs: { most: { type: money } }, rule: { scope: adset, when: "cpa[today] > most" } }\n',
    )
    await writeFile(join(folder, 'rules', 'shop.yaml'), use('120 TRY'))
    git('init', '-q')
    git('add', 'tetik.yaml', 'rules')
    git('commit', '-qm', 'rules')
    await writeFile(join(folder, 'rules', 'shop.yaml'), use('500 TRY'))
    await writeFile(join(folder, 'rules', 'new.yaml'), RULES)
    const compared = async (path: string) => {
      const { status, out } = await run(path, '--data', 'data.csv', '--compare', 'HEAD', '--json')
      const { compare } = JSON.parse(out) as Report
      return { status, rules: compare!.rules[0] }
    }
    expect(await compared('rules/shop.yaml')).toEqual({
      status: 0,
      rules: { rule: 'high', before: 4, after: 0, added: 0, removed: 4 },
    })
    expect(await compared('rules/new.yaml')).toEqual({
      status: 0,
      rules: { rule: 'high', before: null, after: 3, added: 3, removed: 0 },
    })
  })

  it('ends normally if the reader of its output has gone', async () => {
    const child = spawn(process.execPath, [...COMMAND, 'rules.yaml', ...FILE, '--json'], { cwd: folder, env: environment() })
    child.stdout.destroy()
    const err: Buffer[] = []
    child.stderr.on('data', (piece: Buffer) => err.push(piece))
    expect(await new Promise<number | null>((resolve) => child.on('close', resolve))).toBe(0)
    expect(Buffer.concat(err).toString()).not.toContain('EPIPE')
  })

  it('refuses days without data, a file without dates, and a call without file or account', async () => {
    expect(await play(...FILE, '--from', '2027-01-01')).toMatchObject({ status: 2, out: '' })
    expect((await play(...FILE, '--to', 'soon')).err).toContain('--to soon is not a day')
    expect((await play()).err).toContain('give --data')
    expect((await play(...FILE, '--account', 'moda')).err).toContain('--account moda: no tetik.yaml of these rules has accounts')
    await writeFile(join(folder, 'data.csv'), 'adset_name,spend,purchases\nWomen,300.00,1\n')
    expect((await play(...FILE)).err).toContain('has no dates')
  })

  it('stops early at Ctrl-C, and marks the result as partial', async () => {
    const days = Array.from({ length: 700 }, (_, index) => new Date(Date.UTC(2024, 0, 1 + index)).toISOString().slice(0, 10))
    const rows = days.flatMap((day) => Array.from({ length: 40 }, (_, index) => `${day},Ad set ${index},300.00,1`))
    await writeFile(join(folder, 'data.csv'), `date,adset_name,spend,purchases\n${rows.join('\n')}\n`)
    const rule = (index: number) => `  - { id: r${index}, scope: adset, when: "cpa[${index}d] > 1 TRY", then: [pause] }\n`
    await writeFile(join(folder, 'rules.yaml'), `rules:\n${Array.from({ length: 60 }, (_, index) => rule(index + 1)).join('')}`)
    const words = [...COMMAND, 'rules.yaml', '--data', 'data.csv', '--json']
    const child = spawn(process.execPath, words, { cwd: folder, env: environment() })
    const out: Buffer[] = []
    child.stdout.on('data', (piece: Buffer) => out.push(piece))
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
    // It prints its assumptions once everything is read.
    await new Promise<void>((resolve) => child.stderr.once('data', () => resolve()))
    child.kill('SIGINT')
    expect(await ended).toBe(1)
    const report = JSON.parse(Buffer.concat(out).toString()) as Report
    expect(report.partial).toBe(true)
    expect(report.to < days.at(-1)!).toBe(true)
  })
})
