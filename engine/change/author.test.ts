import fc from 'fast-check'
import { expect, test } from 'vitest'

import { type Author, decodeAuthor, encodeAuthor, isPersons, isWrittenByPerson } from './author.js'

const ids = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/)
const authors: fc.Arbitrary<Author> = fc.oneof(
  fc.string().map((name): Author => ({ kind: 'person', name })),
  fc.string().map((id): Author => ({ kind: 'suggestion', id })),
  ids.map((key): Author => ({ kind: 'launch', key })),
  ids.map((id): Author => ({ kind: 'rule', id })),
)

test('an author is the same after it is stored and read', () => {
  fc.assert(
    fc.property(authors, (author) => {
      expect(decodeAuthor(encodeAuthor(author))).toEqual(author)
    }),
  )
})

test.each([
  ['api:token', true, true],
  ['suggestion:waste-1', true, false],
  ['launch:summer', false, false],
  ['pause-expensive', false, false],
])('%s was made by a person: %s, with an entered target: %s', (made_by, person, typed) => {
  expect([isPersons({ made_by }), isWrittenByPerson({ made_by })]).toEqual([person, typed])
})
