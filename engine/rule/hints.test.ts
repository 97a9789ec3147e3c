import { describe, expect, it } from 'vitest'

import { loadSettings } from '../account/load.js'
import { loadRules } from './load.js'

const load = (text: string) => loadRules([{ path: 'a.yaml', text }], null).diagnostics
const rule = (when: string, then = '- pause', scope = 'adset') =>
  load(`rules:\n  - id: a\n    scope: ${scope}\n    when:\n      ${when}\n    then:\n      ${then}\n`)
const hintsOf = (diagnostics: ReturnType<typeof load>) => diagnostics.map(({ hint }) => hint)
const offered = (hint: string | undefined) => /`(.*)`/.exec(hint ?? '')![1]!

describe('`none` of a list', () => {
  const BOTH = 'not: { any: ["spend[today] > 5 TRY", "name contains \\"x\\""] }'

  it.each([
    `none: ["spend[today] > 5 TRY", 'name contains "x"']`,
    `none: [spend[today] > 5 TRY, 'name contains "x"']`,
    `neither:\n        - spend[today] > 5 TRY\n        - name contains "x"`,
    `- none: ["spend[today] > 5 TRY", 'name contains "x"']`,
    `{ none: ["spend[today] > 5 TRY", 'name contains "x"'] }`,
  ])('%s is not any of them', (when) => {
    const hint = hintsOf(rule(when))[0]
    expect(hint).toBe(`did you mean \`${BOTH}\`?`)
    expect(rule(offered(hint))).toEqual([])
  })

  it.each(['none:\n        - any: [learning, delivering]', 'none: []'])('%s is so too, without what is in it', (when) => {
    expect(hintsOf(rule(when))[0]).toBe('did you mean `not: { any: […] }`?')
  })

  it('of one condition is `not`', () => {
    expect(hintsOf(rule('none: learning'))).toEqual(['did you mean `not`?'])
  })
})

describe('a `budget`', () => {
  it.each([
    ['budget > 300 TRY', 'adset', 'daily_budget > 300 TRY'],
    ['campaign.budget > 300 TRY', 'adset', 'campaign.daily_budget > 300 TRY'],
    ['spend[today] > 0.9 * budget', 'adset', 'spend[today] > 0.9 * daily_budget'],
    ['account.budget > 300 TRY', 'adset', 'account.monthly_budget > 300 TRY'],
    ['budget > 300 TRY', 'account', 'monthly_budget > 300 TRY'],
    ['aylik_butce > 300 TRY', 'adset', 'monthly_budget > 300 TRY'],
  ])('%s of scope %s is %s', (line, scope, meant) => {
    const [written] = line.match(/\w*(budget|butce)/)!
    const hint = hintsOf(rule(line, '- wait: 1h', scope))[0]
    expect(line.replace(written, offered(hint))).toBe(meant)
    expect(rule(meant, '- wait: 1h', scope)).toEqual([])
  })
})

describe('a secret in a file', () => {
  it('of a webhook is the variable of an address', () => {
    const hint = hintsOf(rule('learning', '- webhook: { url: "https://hooks.slack.com/abc" }'))[0]
    expect(hint).toBe('name an environment variable: `$SLACK_WEBHOOK`')
  })

  it.each([
    ['token: abc', '$META_ACCESS_TOKEN'],
    ['phone: $1', '$OWNER_PHONE'],
  ])('%s is the variable of its key', (line, example) => {
    const recipients = line.startsWith('phone') ? `recipients:\n  - name: owner\n    ${line}\n` : ''
    const text = `accounts:\n  - name: a\n    id: act_1\n    currency: TRY\n    timezone: UTC\n    ${recipients === '' ? line : ''}\n${recipients}`
    const hints = loadSettings('tetik.yaml', text).diagnostics.map(({ hint }) => hint)
    expect(hints).toEqual([`name an environment variable: \`${example}\``])
  })
})
