import { describe, expect, test } from 'vitest'

import { resolvePause, resolveStart } from './pause.js'

const start = (holders: readonly string[], status = 'PAUSED', any = false) => {
  const resolved = resolveStart('mine', { any }, { status, holders })
  return resolved.kind === 'change' ? `starts${resolved.ownPause ? ' its own' : ''}` : resolved.reason.code
}

describe('start', () => {
  test('releases the rule’s own pause, and starts the entity if nobody else holds it', () => {
    expect(start(['mine'])).toBe('starts its own')
    expect(start(['mine', 'other'])).toBe('held-by-others')
    expect(start(['mine', 'person'])).toBe('held-by-others')
  })

  test('does not start what a person or another rule paused', () => {
    expect(start([])).toBe('not-paused-by-rule')
    expect(start(['other'])).toBe('not-paused-by-rule')
    expect(start(['person'])).toBe('not-paused-by-rule')
  })

  test('with `any` starts it regardless of who paused it; it counts as the rule’s own pause only if nobody else holds it', () => {
    expect(start(['person'], 'PAUSED', true)).toBe('starts')
    expect(start([], 'PAUSED', true)).toBe('starts')
    expect(start(['mine', 'other'], 'PAUSED', true)).toBe('starts')
    expect(start(['mine'], 'PAUSED', true)).toBe('starts its own')
  })

  test('does nothing if the entity is active', () => {
    expect(start(['mine'], 'ACTIVE')).toBe('already-active')
    expect(start([], 'ACTIVE', true)).toBe('already-active')
  })
})

test('pause does nothing if the entity is already paused', () => {
  expect(resolvePause({ status: 'ACTIVE' })).toEqual({ kind: 'change', target: 'PAUSED', ownPause: false })
  expect(resolvePause({ status: 'PAUSED' })).toMatchObject({ kind: 'nothing', reason: { code: 'already-paused' } })
})
