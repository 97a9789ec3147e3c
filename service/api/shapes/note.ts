import Type, { type Static } from 'typebox'

import { Instant, nullable, oneOf, pageOf, shape } from './common.js'

const NOTE_KINDS = ['stop-not-heard'] as const

export const Note = shape(
  'Note',
  {
    id: Type.String(),
    kind: oneOf(NOTE_KINDS, {
      description:
        '`stop-not-heard`: somebody without the right to stop sent the stop word on WhatsApp. `sender` is part of their number or user id, `name` their profile name',
    }),
    account: nullable(Type.String({ description: 'Null where it is about all of them' })),
    facts: Type.Record(Type.String(), nullable(Type.String())),
    count: Type.Integer({ minimum: 1, description: 'How often it happened' }),
    firstAt: Instant,
    lastAt: Instant,
    seenAt: nullable(Instant),
  },
  'Something that people should know and that comes from no rule',
)
export type Note = Static<typeof Note>
export const NotePage = pageOf('NotePage', Note)
