import { execFile, spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..', '..')
const SETTINGS = 'accounts:\n  - { name: moda-tr, id: act_1, currency: TRY, timezone: Europe/Istanbul }\n'
const RULE = 'rules:\n  - id: high\n    scope: adset\n    when: cpa[last_3d] > 150 TRY\n    then: [pause]\n'
const testOf = (name: string, expectation: string) => `rules: a.yaml
tests:
  - name: ${name}
    adsets:
      - { name: A, spend: 300*3, purchases: 1*3 }
    at: 2026-03-10 12:00
    expect:
      - { rule: high, adset: A, ${expectation} }
`
const GOOD = testOf('high & "slow"', 'outcome: fire, steps: [pause]')
const BAD = testOf('cheap <is> left', 'outcome: hold, because: when')

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tetik-test-'))
  await write({ 'tetik.yaml': SETTINGS, 'rules/a.yaml': RULE })
})
afterEach(() => rm(folder, { recursive: true }))

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), content)
  }
}

const command = (args: readonly string[]) => [
  '--import',
  import.meta.resolve('tsx'),
  join(ROOT, 'cli', 'main.ts'),
  'test',
  ...args,
]
const environment = () => ({ ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined })

/** Runs the command in a separate process. */
const run = (args: readonly string[] = [], cwd = '.'): Promise<{ status: number; out: string; err: string }> =>
  new Promise((resolve) => {
    const child = execFile(process.execPath, command(args), { cwd: join(folder, cwd), env: environment() }, (_, out, err) =>
      resolve({ status: child.exitCode ?? -1, out, err }),
    )
  })

describe('tetik test', () => {
  it('finds the tests of the project, also from a folder within it, and succeeds if they pass', async () => {
    await write({ 'rules/a.test.yaml': GOOD })
    expect(await run([], 'rules')).toEqual({ status: 0, out: '1 test in 1 file: 1 passed\n', err: '' })
  })

  it('shows a failure with both sides and the place in the rule file, and exits with 1', async () => {
    await write({ 'rules/a.test.yaml': GOOD, 'rules/b.test.yaml': BAD })
    const { status, out } = await run(['--junit', 'out/junit.xml'])
    expect(status).toBe(1)
    expect(out).toContain('FAIL rules/b.test.yaml:3 cheap <is> left')
    expect(out).toContain('- outcome: hold\n  - because: when\n  + outcome: fire\n')
    expect(out.replaceAll('\u00a0', ' ')).toContain(
      'rules/a.yaml:4  ✓  cpa[last_3d] > 150 TRY  TRY 300.00  TRY 150.00  +100%  2026-03-07 to 2026-03-09',
    )
    expect(out).toMatch(/\n2 tests in 2 files: 1 failed, 1 passed\n$/)
    const xml = await readFile(join(folder, 'out/junit.xml'), 'utf8')
    expect(xml).toContain('<testsuites name="tetik test" tests="2" failures="1" errors="0"')
    expect(xml).toContain('name="high &amp; &quot;slow&quot;"')
    expect(xml).toContain('name="cheap &lt;is&gt; left"')
    expect(isWellFormed(xml)).toBe(true)
  })

  it('prints only JSON, with coverage if requested', async () => {
    await write({ 'rules/b.test.yaml': BAD })
    const { status, out } = await run(['rules/a.yaml', '--json', '--coverage']).then(async (missing) => {
      expect(missing).toMatchObject({ status: 2, out: '' })
      return run(['rules/b.test.yaml', '--json', '--coverage', '--filter', 'LEFT'])
    })
    expect(status).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      tests: 1,
      failed: 1,
      files: [
        {
          file: 'rules/b.test.yaml',
          tests: [
            {
              name: 'cheap <is> left',
              passed: false,
              failures: [
                {
                  kind: 'unmet',
                  line: 8,
                  rule: 'high',
                  expected: { outcome: 'hold', because: 'when' },
                  got: { outcome: 'fire' },
                  trace: [{ file: 'rules/a.yaml', line: 4, path: 'when', left: 300, right: 150, unit: 'TRY' }],
                },
              ],
            },
          ],
        },
      ],
      coverage: [{ file: 'rules/a.yaml', line: 4, rule: 'high', path: 'when', true: 1, false: 0, unknown: 0 }],
    })
  })

  it('exits with 2 if a file has errors or is missing, or if no test has the name', async () => {
    await write({ 'rules/a.test.yaml': GOOD.replace('adset: A', 'adset: B').replace('rules: a.yaml', 'rules: [a.yaml, c.yaml]') })
    const faulty = await run()
    expect(faulty.status).toBe(2)
    expect(faulty.out).toContain('rules/a.test.yaml:1:17: error[unreadable-file]: rules/c.yaml does not exist')
    await write({ 'rules/a.test.yaml': GOOD })
    expect(await run(['--filter', 'nothing'])).toMatchObject({ status: 2, err: expect.stringContaining('nothing') as string })
    expect(await run(['nowhere.test.yaml'])).toMatchObject({ status: 2, out: '' })
  })

  it('with --watch, runs again when a rule changes', async () => {
    await write({ 'rules/a.test.yaml': GOOD })
    const child = spawn(process.execPath, command(['--watch']), { cwd: folder, env: environment() })
    try {
      let out = ''
      const until = (text: string) =>
        new Promise<void>((resolve, reject) => {
          const look = () => out.includes(text) && resolve()
          child.stdout.on('data', (data) => ((out += String(data)), look()))
          child.once('exit', () => reject(new Error(`it ended: ${out}`)))
          look()
        })
      const waiting = new Promise<void>((resolve) =>
        child.stderr.on('data', (data) => String(data).includes('waiting') && resolve()),
      )
      await until('1 passed')
      await waiting
      await write({ 'rules/a.yaml': RULE.replace('150', '350') })
      await until('1 failed')
      out = ''
      await write({ 'rules/a.yaml': RULE })
      await until('1 passed')
    } finally {
      child.kill('SIGINT')
    }
    expect(await new Promise((resolve) => child.once('exit', (code) => resolve(code)))).toBe(0)
  })
})

/** Whether every tag is closed in the right order, and no text contains a bare `&` or `<`. */
function isWellFormed(xml: string): boolean {
  const open: string[] = []
  const rest = xml.replace(
    /<\?xml[^>]*\?>|<(\/?)([a-z]+)((?:\s+[a-z]+="[^"<]*")*)\s*(\/?)>/g,
    (_, close?: string, name?: string, __?: string, alone?: string) => {
      if (name === undefined || alone) return ''
      if (!close) open.push(name)
      else if (open.pop() !== name) open.push('broken')
      return ''
    },
  )
  return open.length === 0 && !/<|&(?!(amp|lt|gt|quot);)/.test(rest)
}
