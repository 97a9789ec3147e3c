import { expect, test } from 'vitest'

import { checkFolder } from './check-folder.js'

test('an amount with three digits after the point is an error that suggests both readings, wherever it is written', async () => {
  expect(await checkFolder('turkish-thousands')).toEqual([
    'rules/r.yaml:12 ambiguous-amount: did you mean `1250 TRY` or `1.25 TRY`?',
    'rules/r.yaml:18 ambiguous-amount: did you mean `1250` or `1.25`?',
    'rules/r.yaml:24 ambiguous-amount: did you mean `1500 TRY` or `1.5 TRY`?',
    'rules/r.yaml:27 ambiguous-amount: did you mean `1500 TRY` or `1.5 TRY`?',
    'tetik.yaml:6 ambiguous-amount: did you mean `1200 TRY` or `1.2 TRY`?',
    'tetik.yaml:6 ambiguous-amount: did you mean `300000 TRY` or `300 TRY`?',
    'tetik.yaml:7 ambiguous-amount: did you mean `1045 TRY` or `1.0450 TRY`?',
    'tetik.yaml:8 ambiguous-amount: did you mean `15000 TRY per day` or `15 TRY per day`?',
    'tetik.yaml:10 ambiguous-amount: did you mean `200000 TRY` or `200 TRY`?',
  ])
})

test('a number below 1 compared with a percentage is read as a ratio in the suggestion', async () => {
  expect(await checkFolder('hints-100x', ['rules.yaml'])).toEqual([
    'rules.yaml:5 unit-mismatch: did you mean `90%`?',
    'rules.yaml:11 unit-mismatch: did you mean `1.5%`?',
  ])
})

test('names of Ads Manager and Insights lead to suggestions in the rule language', async () => {
  expect(await checkFolder('did-you-mean', ['rules.yaml'])).toEqual([
    'rules.yaml:5 unknown-choice: did you mean `start`?',
    'rules.yaml:8 unknown-metric: did you mean `spend[last_7d] / leads[last_7d]`?',
    'rules.yaml:12 unknown-metric: did you mean `roas`?',
    'rules.yaml:16 unknown-metric: did you mean `cpa`?',
    'rules.yaml:16 unknown-window: did you mean `last_3d`?',
    'rules.yaml:17 unknown-choice: did you mean `whatsapp: { to: owner, text: "{adset.name} paused: CPA {cpa[last_3d]}" }`?',
  ])
})
