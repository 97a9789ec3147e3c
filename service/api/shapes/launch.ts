import Type, { type Static } from 'typebox'

import { LAUNCH_RUN_STATES } from '../../../store/tables/launches.js'
import { Instant, nullable, oneOf, shape } from './common.js'

const Kind = oneOf(['image', 'video', 'campaign', 'adset', 'creative', 'ad'])
const Publish = oneOf(['paused', 'active'], {
  description: '`active` sets everything active once it exists; `paused` leaves it paused',
})

/** Any JSON: the value of a field at Meta. */
const Value = Type.Unsafe<unknown>({ description: 'In Meta’s format; money in minor units' })

const LaunchRun = shape(
  'LaunchRun',
  {
    id: Type.String(),
    state: oneOf(LAUNCH_RUN_STATES, {
      description:
        '`refused`: a guardrail or a check forbade it; `failed` and `stopped`: it was not completed, and what it created was paused; `rolled-back`: what it created was deleted',
    }),
    note: nullable(Type.String({ description: 'Sentences about how it ended' })),
    publish: Publish,
    madeBy: Type.String({ description: 'A rule’s id, or `api:<who>`' }),
    decision: nullable(Type.String({ description: 'The decision whose step started the run' })),
    createdAt: Instant,
    updatedAt: Instant,
    workflowUrl: nullable(Type.String({ description: 'The run in Temporal’s web UI' })),
  },
  'A run that applied the launch',
)

export const Launch = shape(
  'Launch',
  {
    key: Type.String(),
    account: Type.String(),
    file: Type.String(),
    version: Type.String({ description: 'Hash of the spec’s meaning' }),
    publish: Publish,
    loaded: Type.Boolean({ description: 'Whether it is loaded from specs/, so that rules may launch it' }),
    runs: Type.Array(LaunchRun, { description: 'The latest first, at most 20' }),
    objects: Type.Array(
      shape('LaunchObject', {
        key: Type.String({ description: '`adset/women-25-44`' }),
        kind: Kind,
        name: Type.String(),
        id: nullable(Type.String({ description: 'Meta’s id; the hash of an image. Null if it is not known yet' })),
        standing: Type.Boolean({ description: 'False for an object that was begun and may not exist' }),
        publishedAt: nullable(Instant),
      }),
    ),
  },
  'A launch spec, with its objects at Meta',
)
export type Launch = Static<typeof Launch>

export const LaunchPlan = shape(
  'LaunchPlan',
  {
    launch: Type.String(),
    version: Type.String(),
    summary: Type.String(),
    objects: Type.Array(
      shape('PlannedLaunchObject', {
        key: Type.String(),
        kind: Kind,
        name: Type.String(),
        action: oneOf(['create', 'update', 'replace', 'none']),
        because: nullable(Type.String()),
        changes: Type.Array(shape('LaunchFieldChange', { field: Type.String(), before: Value, after: Value })),
        drift: Type.Array(shape('LaunchFieldDrift', { field: Type.String(), applied: Value, live: Value })),
        filled: Type.Array(shape('LaunchFilledField', { field: Type.String(), value: Value, why: Type.String() })),
      }),
    ),
    leftAlone: Type.Array(Type.String(), {
      description: 'Keys of objects that exist but are no longer in the file. They are not deleted',
    }),
    toPublish: Type.Array(Type.String(), { description: 'Keys of objects to set active once everything exists' }),
  },
  'What applying would do',
)
export type LaunchPlan = Static<typeof LaunchPlan>
