import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..', '..')
const SETTINGS = 'accounts:\n  - { name: moda-tr, id: act_1, currency: TRY, timezone: Europe/Istanbul }\n'
const ruleOf = (id: string, when = 'delivering') => `rules:\n  - id: ${id}\n    scope: adset\n    when: ${when}\n`

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tetik-check-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function write(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), content)
  }
}

/** Runs the command in a separate process. */
const check = (args: readonly string[] = [], cwd = '.'): Promise<{ status: number; out: string; err: string }> =>
  new Promise((resolve) => {
    const command = ['--import', import.meta.resolve('tsx'), join(ROOT, 'cli', 'main.ts'), 'check', ...args]
    const options = { cwd: join(folder, cwd), env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined } }
    const child = execFile(process.execPath, command, options, (_, out, err) =>
      resolve({ status: child.exitCode ?? -1, out, err }),
    )
  })

describe('tetik check', () => {
  it('finds no errors in a correct project, also from a folder within it', async () => {
    await write({
      'tetik.yaml': SETTINGS,
      'rules/a.yaml': ruleOf('a'),
      'rules/deep/b.yml': ruleOf('b'),
      'rules/a.test.yaml': 'no: rules',
    })
    expect(await check()).toEqual({ status: 0, out: '2 rules in 3 files, no faults\n', err: '' })
    expect(await check([], 'rules/deep')).toMatchObject({ status: 0, err: '' })
  })

  it('shows all errors of all files, with their count', async () => {
    await write({
      'tetik.yaml': SETTINGS.replace('TRY', 'TL'),
      'rules/a.yaml': ruleOf('a', 'cpaa[today] > 5'),
      'rules/b.yaml': ruleOf('a b'),
    })
    const { status, out, err } = await check()
    expect({ status, err }).toEqual({ status: 1, err: '' })
    expect(out).toContain('rules/a.yaml:4:11: error[unknown-metric]: there is no metric `cpaa`')
    expect(out).toContain('rules/b.yaml:2:9: error[bad-id]')
    expect(out).toContain('tetik.yaml:2:')
    expect(out).toMatch(/\n3 errors in 3 files\n$/)
  })

  it('reads launch specs along with rules, and checks the step `launch` against them', async () => {
    const spec = (key: string, publish = 'paused') => `launch: ${key}
publish: ${publish}
campaign: { name: ${key}, objective: OUTCOME_TRAFFIC, special_ad_categories: [] }
adsets:
  - { key: all, daily_budget: 100 TRY, optimization_goal: LINK_CLICKS, targeting: { geo_locations: { countries: [TR] } } }
ads:
  - { key: one, adsets: [all], creative: { page_id: 1, image: media/a.png, link: "https://example.com" } }
`
    await write({
      'tetik.yaml': SETTINGS,
      'rules/a.yaml': `${ruleOf('a')}    then: [{ launch: summer }]\n`,
      'specs/summer.yaml': spec('summer'),
      'specs/deep/winter.yaml': spec('winter'),
      'specs/media/a.png': 'x',
      'specs/deep/media/a.png': 'x',
    })
    expect(await check()).toEqual({ status: 0, out: '1 rule and 2 launches in 4 files, no faults\n', err: '' })
    const { launches } = JSON.parse((await check(['--json'])).out) as { launches: unknown[] }
    expect(launches).toMatchObject([{ key: 'winter', account: 'moda-tr', publish: 'paused' }, { key: 'summer' }])
    await write({
      'rules/a.yaml': `${ruleOf('a')}    then: [{ launch: sumer }]\n`,
      'specs/summer.yaml': spec('summer', 'active').replace('media/a.png', 'media/b.png'),
    })
    const { status, out } = await check()
    expect(status).toBe(1)
    expect(out).toContain('rules/a.yaml:5:22: error[unknown-launch]: no spec has `launch: sumer`')
    expect(out).toContain('did you mean `summer`?')
    expect(out).toContain('specs/summer.yaml:2:10: error[no-ceiling]')
    expect(out).toContain('specs/summer.yaml:7:63: error[missing-media]: there is no file `media/b.png` next to the spec')
    // The project's specs are also read if only one rule file is named.
    expect((await check(['rules/a.yaml'])).out).toContain('did you mean `summer`?')
  })

  it('prints JSON and nothing else', async () => {
    await write({ 'rules/a.yaml': ruleOf('a', 'cpaa[today] > 5'), 'rules/b.yaml': ruleOf('b') })
    const { status, out } = await check(['--json'])
    expect(status).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      files: ['rules/a.yaml', 'rules/b.yaml'],
      rules: [{ id: 'b', file: 'rules/b.yaml', line: 2, scope: 'adset', mode: 'observe' }],
      diagnostics: [{ code: 'unknown-metric', file: 'rules/a.yaml', line: 4, column: 11, length: 4 }],
    })
  })

  it('uses the nearest tetik.yaml at or above a rule file', async () => {
    const spend = ruleOf('a', 'spend[today] > 5 USD')
    await write({ 'one/tetik.yaml': SETTINGS, 'one/x/a.yaml': spend, 'two/a.yaml': spend })
    expect(await check(['one/x/a.yaml'])).toMatchObject({
      status: 1,
      out: expect.stringContaining('currency-mismatch') as string,
    })
    expect(await check(['two/a.yaml'])).toMatchObject({ status: 0 })
  })

  it('succeeds with warnings, but fails with --strict', async () => {
    await write({ 'rules/a.yaml': ruleOf('a', 'cpa[today] > target_cpaa') })
    expect(await check()).toMatchObject({ status: 0, out: expect.stringContaining('1 rule in 1 file, 1 warning') as string })
    expect(await check(['--strict'])).toMatchObject({ status: 1 })
  })

  it('writes annotations, and checks `where` against the data', async () => {
    await write({
      '.git/HEAD': '',
      'shop/tetik.yaml': SETTINGS,
      'shop/rules/a.yaml': ruleOf('a').replace('when:', 'where: name contains "Sumer"\n    when:'),
      'shop/data.csv': 'date,campaign_name,adset_name,spend\n2026-03-01,C,Summer,5\n2026-03-01,C,Winter,5\n',
    })
    const line = '::warning file=shop/rules/a.yaml,line=4,endLine=4,col=12,endColumn=33,title=selects-nothing::'
    const github = await check(['--data', 'data.csv', '--format', 'github'], 'shop')
    expect(github).toEqual({ status: 0, out: expect.stringContaining(line) as string, err: '' })
    const sarif = await check(['--data', 'data.csv', '--format', 'sarif', '--strict'], 'shop')
    expect(sarif).toMatchObject({ status: 1, err: '' })
    expect(JSON.parse(sarif.out)).toMatchObject({ version: '2.1.0', runs: [{ results: [{ ruleId: 'selects-nothing' }] }] })
  })

  it('says where a file is not UTF-8', async () => {
    await write({ 'rules/a.yaml': Buffer.from('rules:\n  - id: pahal\xfd\n', 'latin1') })
    expect(await check()).toMatchObject({
      status: 1,
      out: expect.stringContaining('rules/a.yaml:2:14: error[not-utf8]') as string,
    })
  })

  it.each([
    ['a path that is missing', ['nope.yaml'], 'nope.yaml does not exist'],
    ['a folder without YAML', ['empty'], 'empty contains no YAML files'],
    ['a rule test', ['a.test.yaml'], 'tetik test a.test.yaml'],
    ['an unknown format', ['--format', 'xml'], 'Allowed choices are human, json, github, sarif'],
    ['data that is missing', ['rules', '--data', 'nope.csv'], 'nope.csv does not exist'],
    ['data that is not an export', ['rules', '--data', 'empty/x.txt'], 'empty/x.txt:1:1: error['],
    ['no project at all', [], 'found no tetik.yaml here or above and no rules/ here'],
    ['an unknown option', ['--nope'], 'unknown option'],
  ])('ends with 2 for %s, and prints no result', async (_, args, message) => {
    if (args[0] === 'rules') await write({ 'rules/a.yaml': ruleOf('a') })
    await write({ 'empty/x.txt': '', 'a.test.yaml': '' })
    const { status, out, err } = await check(args)
    expect({ status, out }).toEqual({ status: 2, out: '' })
    expect(err).toContain(message)
  })
})

it('the bundled rules and tetik.yaml have no errors or warnings', async () => {
  const [{ readRuleSets }, { checkRuleSets }] = await Promise.all([
    import('../base/rule-sets.js'),
    import('../data/check-rules.js'),
  ])
  const result = checkRuleSets(await readRuleSets([], ROOT), true)
  expect(result).toMatchObject({ ok: true, diagnostics: [] })
  expect(result.rules.find(({ id }) => id === 'pause-expensive-adsets')).toMatchObject({ mode: 'act', scope: 'adset' })
})

it('the worked examples have no errors or warnings', async () => {
  const [{ readRuleSets }, { checkRuleSets }] = await Promise.all([
    import('../base/rule-sets.js'),
    import('../data/check-rules.js'),
  ])
  const result = checkRuleSets(await readRuleSets([join(ROOT, 'examples')], ROOT), true)
  expect(result).toMatchObject({ ok: true, diagnostics: [] })
  expect(result.rules.length).toBeGreaterThan(0)
})

it('the rule in docs/rules.md has no errors', async () => {
  const [{ loadRules }, { readFile }] = await Promise.all([import('../../engine/rule/read/load.js'), import('node:fs/promises')])
  const text = /```yaml\n(.*?)```/s.exec(await readFile(join(ROOT, 'docs', 'rules.md'), 'utf8'))![1]!
  const { rules, diagnostics } = loadRules([{ path: 'docs/rules.md', text }], null)
  expect(diagnostics).toEqual([])
  expect(rules).toHaveLength(1)
})
