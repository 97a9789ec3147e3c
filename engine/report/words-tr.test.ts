import { expect, test } from 'vitest'

import { possessive } from './words-tr.js'

test.each([
  ['%62,5', '%62,5’i'],
  ['%96,7', '%96,7’si'],
  ['%30', '%30’u'],
  ['%14,3', '%14,3’ü'],
  ['%110', '%110’u'],
  ['%100', '%100’ü'],
  ['%300', '%300’ü'],
  ['%1.000', '%1.000’i'],
  ['%0', '%0’ı'],
])('%s is read with its suffix as %s', (percentage, read) => {
  expect(possessive(percentage)).toBe(read)
})
