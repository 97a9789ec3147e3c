import { expect, test } from 'vitest'

import { ruleOf } from '../../test/support/rows.js'
import { parseRule } from './rule-json.js'

const expression = { kind: 'text', value: 'x', span: { start: 0, end: 1 }, unit: { kind: 'text' } }
const source = 'adset.name'

test('the template parts of a rule that an earlier release stored get their kinds', () => {
  const template = [{ text: 'stop ' }, { expression, source }]
  const body = { kind: 'object', members: { a: { kind: 'list', items: [{ kind: 'text', text: template }] } } }
  const stored = {
    ...ruleOf({}),
    then: [
      { kind: 'whatsapp', to: 'owner', text: template },
      { kind: 'rename', name: template },
      { kind: 'webhook', urlVariable: 'URL', body },
    ],
  }
  const parts = [
    { kind: 'text', text: 'stop ' },
    { kind: 'expression', expression, source },
  ]
  expect(parseRule(JSON.stringify(stored)).then).toEqual([
    { kind: 'whatsapp', to: 'owner', text: parts },
    { kind: 'rename', name: parts },
    {
      kind: 'webhook',
      urlVariable: 'URL',
      body: { kind: 'object', members: { a: { kind: 'list', items: [{ kind: 'text', text: parts }] } } },
    },
  ])
})

test('a rule that this release stored is parsed unchanged', () => {
  const text = [
    { kind: 'text', text: 'stop ' },
    { kind: 'expression', expression, source },
  ] as const
  const rule = ruleOf({ then: [{ kind: 'whatsapp', to: 'owner', text }] as never })
  expect(parseRule(JSON.stringify(rule))).toEqual(rule)
})
