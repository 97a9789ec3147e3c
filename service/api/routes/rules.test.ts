import { describe, expect, test } from 'vitest'

import type { Rule } from '../../../engine/rule/rule.js'
import { replaceRules } from '../../../store/rules/rules.js'
import { json, NOW, testApi } from '../../../test/support/api.js'
import { rulesOf } from '../../../test/support/lint-rules.js'
import { ruleOf } from '../../../test/support/rows.js'

describe('rules', () => {
  test('show their conditions as written, and their ids', async () => {
    const { ask, context } = await testApi()
    const [{ when }] = rulesOf(`rules:
  - { id: r, account: moda-tr, scope: adset, every: 1h, when: { any: ['spend[today] > 1 TRY', { not: delivering }] }, then: [pause] }
`) as [Rule]
    await replaceRules(context.store, {
      rules: [
        ruleOf({ when, then: [{ kind: 'pause' }, { kind: 'wait-until', time: '08:00' }] }),
        ruleOf({ id: 'b', cadence: { kind: 'at', times: ['09:00'], timezone: null } }),
      ],
      commitSha: null,
      loadedAt: NOW,
    })
    const { data } = await json(ask('/api/rules'))
    expect(data).toMatchObject([
      { id: 'b', cadence: { kind: 'at', times: ['09:00'] } },
      {
        id: 'pause-expensive',
        when: ['spend[today] > 1 TRY', 'not delivering'],
        inWords: {
          en: expect.stringContaining(
            'If amount spent today is above ₺1 or it is not delivering, it pauses the ad set',
          ) as string,
          tr: expect.stringContaining('Koşul: bugün harcanan tutar ₺1 üzerinde ya da yayında değil.') as string,
        },
        steps: ['pause', 'wait'],
        commit: null,
        loadedAt: '2026-03-10T12:00:00.000Z',
      },
    ])
  })

  test('are reloaded, and an error in one keeps all of the old ones', async () => {
    const fault = {
      code: 'unknown-metric',
      severity: 'error',
      message: 'nothing is called cpaa',
      file: 'rules/a.yaml',
      line: 3,
      column: 7,
      length: 4,
    } as const
    const good = await testApi({
      reloadRules: () =>
        Promise.resolve({
          loaded: { added: ['a'], changed: [], removed: [], unchanged: ['b'] },
          diagnostics: [{ ...fault, severity: 'warning' }],
        }),
    })
    expect(await json(good.ask('/api/rules/reload', { method: 'POST' }))).toMatchObject({
      added: ['a'],
      warnings: [{ code: 'unknown-metric' }],
    })
    const bad = await testApi({ reloadRules: () => Promise.resolve({ loaded: null, diagnostics: [fault] }) })
    const response = await bad.ask('/api/rules/reload', { method: 'POST' })
    expect(response.status).toBe(422)
    expect(await json(response)).toMatchObject({
      type: 'urn:tetik:rules-rejected',
      errors: [{ where: 'rules/a.yaml:3:7', message: 'nothing is called cpaa' }],
      diagnostics: [fault],
    })
  })
})
