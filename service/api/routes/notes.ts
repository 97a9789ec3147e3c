import Type from 'typebox'

import { markNoteSeen, type Note as StoredNote, openNotes } from '../../../store/messages/notes.js'
import { instant, instantOrNull } from '../http/instant.js'
import { answer, operation } from '../http/operation.js'
import { ProblemError } from '../http/problem.js'
import { Note, NotePage } from '../shapes/note.js'

export const noteOperations = [
  operation({
    id: 'listNotes',
    method: 'get',
    path: '/api/notes',
    tag: 'Notes',
    summary: 'Notes that nobody has seen yet, newest first',
    responses: { 200: { description: 'At most 50', schema: NotePage } },
    handle: async (_, { store }) => answer(200, { data: (await openNotes(store)).map(viewOf), next: null }),
  }),
  operation({
    id: 'markNoteSeen',
    method: 'post',
    path: '/api/notes/{id}/seen',
    tag: 'Notes',
    summary: 'Marks the note as seen; it is shown again if the same happens again',
    params: { id: Type.String({ maxLength: 200 }) },
    write: true,
    problems: ['not-found'],
    responses: { 200: { description: 'The note as it is now', schema: Note } },
    handle: async ({ params }, { store, now }) => {
      const row = await markNoteSeen(store, params.id, now())
      if (row === undefined) throw new ProblemError('not-found', `There is no note ${params.id}.`)
      return answer(200, viewOf(row))
    },
  }),
]

const viewOf = (row: StoredNote): Note => ({
  id: row.id,
  kind: row.kind as Note['kind'],
  account: row.account,
  facts: JSON.parse(row.facts_json) as Note['facts'],
  count: row.count,
  firstAt: instant(row.first_at),
  lastAt: instant(row.last_at),
  seenAt: instantOrNull(row.seen_at),
})
