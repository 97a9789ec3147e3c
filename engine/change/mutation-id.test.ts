import { expect, test } from 'vitest'

import {
  copyStartMutation,
  isRelease,
  publishedKey,
  publishMutation,
  repauseMutation,
  restoringMutation,
  stepMutation,
} from './mutation-id.js'

test('ids have the format of existing rows', () => {
  expect(stepMutation('d-0001', 2)).toBe('d-0001/2')
  expect(copyStartMutation('d-0001/2')).toBe('d-0001/2/start')
  expect(restoringMutation('d-0001/2', 17)).toBe('d-0001/2/kept-17')
  expect(publishMutation('run', 'adset/women')).toBe('run/publish/adset/women')
  expect(repauseMutation('run/publish/ad/a')).toBe('run/publish/ad/a/back')
})

test('a release and its restoration are recognised', () => {
  const release = stepMutation('d', 'release')
  expect([release, restoringMutation(release, 3), stepMutation('d', 1)].map((id) => isRelease(id, 'd'))).toEqual([
    true,
    true,
    false,
  ])
})

test('the object’s key is read from the id of its activation and of its repeated pause', () => {
  const publish = publishMutation('run/1', 'adset/women/back')
  expect(publishedKey({ id: publish, target: 'ACTIVE' }, 'run/1')).toBe('adset/women/back')
  expect(publishedKey({ id: repauseMutation(publish), target: 'PAUSED' }, 'run/1')).toBe('adset/women/back')
})
