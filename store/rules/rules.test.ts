import { expect, test } from 'vitest'

import { ruleOf, stateRow } from '../../test/support/rows.js'
import { temporaryStore } from '../../test/support/temporary-store.js'
import type { Store } from '../base/store.js'
import { recordTick } from '../decisions/decisions.js'
import { answerRequests, requestedRules, requestEvaluation } from './evaluation-requests.js'
import { changeRuleState, findRuleState, lastEvaluations } from './rule-states.js'
import { findLoadedRule, findRuleVersion, loadedRules, replaceRules } from './rules.js'

const load = (store: Store, loadedAt: number, ...rules: [string, string][]) =>
  replaceRules(store, { rules: rules.map(([id, version]) => ruleOf({ id, version })), commitSha: 'c0ffee', loadedAt })

test('a set of rules replaces the previous one completely, and the result lists what changed', async () => {
  const store = await temporaryStore()
  expect(await load(store, 1, ['a', '1'], ['b', '1'], ['c', '1'])).toMatchObject({ added: ['a', 'b', 'c'] })
  expect(await load(store, 2, ['a', '1'], ['b', '2'], ['d', '1'])).toEqual({
    added: ['d'],
    changed: ['b'],
    removed: ['c'],
    unchanged: ['a'],
  })
  expect((await loadedRules(store)).map(({ rule }) => `${rule.id}${rule.version}`)).toEqual(['a1', 'b2', 'd1'])
})

test('versions that were loaded stay, and may be loaded again', async () => {
  const store = await temporaryStore()
  await load(store, 1, ['a', '1'])
  await load(store, 2, ['a', '2'])
  expect(await findRuleVersion(store, 'a', '1')).toMatchObject({ isLoaded: false, rule: { version: '1' }, commitSha: 'c0ffee' })
  expect(await load(store, 3, ['a', '1'])).toMatchObject({ changed: ['a'] })
  expect(await findLoadedRule(store, 'a')).toMatchObject({ rule: { version: '1' }, loadedAt: 3 })
  await load(store, 4)
  expect(await findLoadedRule(store, 'a')).toBeUndefined()
})

test('loading the same rule again does not change when it was loaded', async () => {
  const store = await temporaryStore()
  await load(store, 1, ['a', '1'])
  await load(store, 2, ['a', '1'])
  expect(await findLoadedRule(store, 'a')).toMatchObject({ loadedAt: 1 })
})

test('two rules with the same id are refused, and the previous set stays', async () => {
  const store = await temporaryStore()
  await load(store, 1, ['a', '1'])
  await expect(load(store, 2, ['b', '1'], ['b', '2'])).rejects.toThrow('UNIQUE')
  expect((await loadedRules(store)).map(({ rule }) => rule.id)).toEqual(['a'])
})

test('a pending state starts again if its rule changed or was removed, and no other state does', async () => {
  const store = await temporaryStore()
  await load(store, 1, ['changed', '1'], ['gone', '1'], ['same', '1'])
  const pending = (rule: string) => stateRow({ rule, state: 'pending', pending_since: 1 })
  const resting = stateRow({ rule: 'changed', entity_key: 'r', state: 'resting', resting_until: 99 })
  await recordTick(store, { states: [pending('changed'), pending('gone'), pending('same'), resting], decisions: [] })
  await load(store, 2, ['changed', '2'], ['same', '1'])
  const find = (rule: string, key = '120001') => findRuleState(store, 'moda-tr', rule, key)
  expect(await find('changed')).toMatchObject({ state: 'waiting', pending_since: null })
  expect(await find('gone')).toMatchObject({ state: 'waiting', pending_since: null })
  expect(await find('same')).toMatchObject({ state: 'pending', pending_since: 1 })
  expect(await find('changed', 'r')).toMatchObject({ state: 'resting', resting_until: 99 })
})

const evaluatedAt = (rule: string, evaluated_at: number) => ({ account: 'moda-tr', rule, evaluated_at })

test('states change one by one, and the last evaluation of each rule is known', async () => {
  const store = await temporaryStore()
  await recordTick(store, {
    states: [stateRow({ rule: 'b', evaluated_at: 6 })],
    decisions: [],
    evaluated: [evaluatedAt('pause-expensive', 5), evaluatedAt('b', 6)],
  })
  await recordTick(store, { states: [], decisions: [], evaluated: [evaluatedAt('pause-expensive', 7)] })
  expect(await changeRuleState(store, { account: 'moda-tr', rule: 'b', entityKey: '120001' }, { announced: 1 })).toBe(true)
  expect(await changeRuleState(store, { account: 'moda-tr', rule: 'b', entityKey: 'no' }, { announced: 1 })).toBe(false)
  expect(await findRuleState(store, 'moda-tr', 'b', '120001')).toMatchObject({ announced: 1, evaluated_at: 6 })
  expect(await lastEvaluations(store, 'moda-tr')).toEqual(
    new Map([
      ['b', 6],
      ['pause-expensive', 7],
    ]),
  )
})

test('a requested rule is due until it was evaluated, for at most ten minutes', async () => {
  const store = await temporaryStore()
  await requestEvaluation(store, 'moda-tr', 'a', 1_000)
  expect(await requestedRules(store, 'moda-tr', 1_001)).toEqual(new Set(['a']))
  expect(await requestedRules(store, 'other', 1_001)).toEqual(new Set())
  expect(await requestedRules(store, 'moda-tr', 1_000 + 600_000)).toEqual(new Set())
  await answerRequests(store, 'moda-tr', ['b'], 1_001)
  await answerRequests(store, 'other', ['a'], 1_001)
  await answerRequests(store, 'moda-tr', ['a'], 999)
  expect(await requestedRules(store, 'moda-tr', 1_001)).toEqual(new Set(['a']))
  await answerRequests(store, 'moda-tr', ['a', 'b'], 1_002)
  expect(await requestedRules(store, 'moda-tr', 1_003)).toEqual(new Set())
  await requestEvaluation(store, 'moda-tr', 'a', 2_000)
  expect(await requestedRules(store, 'moda-tr', 2_001)).toEqual(new Set(['a']))
})
