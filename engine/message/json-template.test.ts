import { expect, test } from 'vitest'

import type { Expression } from '../expression/syntax.js'
import type { JsonTemplate } from '../rule/rule.js'
import { AtLeast, Unknown, type Value } from '../value/value.js'
import { renderJson } from './json-template.js'

const span = { start: 0, end: 1 }
const money = { kind: 'number', value: 1, span, unit: { kind: 'money' } } as unknown as Expression
const part = { kind: 'expression', expression: money, source: 'spend' } as const
const text = (...parts: (typeof part | { kind: 'text'; text: string })[]): JsonTemplate => ({ kind: 'text', text: parts })
const render = (json: JsonTemplate, value: Value) => renderJson(json, () => value, { language: 'en', currency: 'TRY' })

test('an expression alone is the value itself, money in the major unit', () => {
  expect(render(text(part), 12_345)).toBe(123.45)
  expect(render(text(part), new Unknown('x'))).toBeNull()
  expect(render(text(part), new AtLeast(6_000))).toEqual({ atLeast: 60 })
})

test('within other text, a value is formatted as in a message', () => {
  expect(render(text({ kind: 'text', text: 'spent ' }, part), 12_345)).toMatch(/^spent TRY\s123\.45$/)
})

test('values other than text are kept as written, at any depth', () => {
  const json: JsonTemplate = {
    kind: 'object',
    members: {
      a: {
        kind: 'list',
        items: [
          { kind: 'value', value: null },
          { kind: 'value', value: 3 },
        ],
      },
      b: text(part),
    },
  }
  expect(render(json, 100)).toEqual({ a: [null, 3], b: 1 })
})
