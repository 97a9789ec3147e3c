import { expect, it } from 'vitest'

import { ACTION_TYPES } from '../../engine/metric/actions.js'
import { factsOfMeasure } from '../../engine/metric/catalogue.js'
import { AnswerObject } from '../answer.js'
import { attributed } from './attribution.js'

const numberOf = (type: string): number =>
  attributed(
    new AnswerObject({ action_type: type, value: '5', '7d_click': '3', '1d_view': '1' }, 'action'),
    ['7d_click', '1d_view'],
    Number,
  )

it.each(Object.entries(ACTION_TYPES))('%s: windows apply to conversions only', (measure, types) => {
  const isConversion = factsOfMeasure(measure)?.isConversion
  expect(types.map(numberOf)).toEqual(types.map(() => (isConversion === true ? 4 : 5)))
})

it('windows apply to actions that no metric counts, except for those that happen at once', () => {
  expect(['like', 'post_engagement', 'offsite_conversion.custom.1'].map(numberOf)).toEqual([5, 5, 4])
})
