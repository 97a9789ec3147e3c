import { expect, test } from 'vitest'

import { ablative, genitive, possessive } from './inflect.js'

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

test.each([
  ['harcanan tutar', 'harcanan tutarın', 'harcanan tutardan'],
  ['alışveriş', 'alışverişin', 'alışverişten'],
  ['form', 'formun', 'formdan'],
  ['tıklama', 'tıklamanın', 'tıklamadan'],
  ['bağlantı tıklaması', 'bağlantı tıklamasının', 'bağlantı tıklamasından'],
  ['gönderi etkileşimi', 'gönderi etkileşiminin', 'gönderi etkileşiminden'],
  ['sıklık', 'sıklığın', 'sıklıktan'],
  ['günlük bütçesi', 'günlük bütçesinin', 'günlük bütçesinden'],
  ['7 gün', '7 günün', '7 günden'],
  ['6 saat', '6 saatin', '6 saatten'],
  ['30 dakika', '30 dakikanın', '30 dakikadan'],
  ['ROAS', 'ROAS değerinin', 'ROAS değerinden'],
  ['hesabın “shipping” değeri', 'hesabın “shipping” değerinin', 'hesabın “shipping” değerinden'],
])('%s takes its suffixes by vowel harmony: %s, %s', (text, whose, than) => {
  expect(genitive(text)).toBe(whose)
  expect(ablative(text)).toBe(than)
})
