import Type, { type Static } from 'typebox'

import { Instant, nullable, oneOf, pageOf, shape } from './common.js'

const NOTE_KINDS = ['stop-not-heard'] as const

export const Note = shape(
  'Note',
  {
    id: Type.String(),
    kind: oneOf(NOTE_KINDS, {
      description:
        '`stop-not-heard`: the stop word on WhatsApp from somebody who may not stop anything. `sender` is a part of their number or user id, `name` what they call themselves',
    }),
    account: nullable(Type.String({ description: 'Null where it is about all of them' })),
    facts: Type.Record(Type.String(), nullable(Type.String())),
    count: Type.Integer({ minimum: 1, description: 'How often it happened' }),
    firstAt: Instant,
    lastAt: Instant,
    seenAt: nullable(Instant),
  },
  'What somebody should know and no rule says',
)
export type Note = Static<typeof Note>
export const NotePage = pageOf('NotePage', Note)
