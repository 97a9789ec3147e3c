/** All kinds of steps. The type requires every kind, so a missing one does not compile. */

import { type TSchema, Type } from 'typebox'

import type { Step, StepName } from '../rule.js'
import { ask } from './ask.js'
import { bid } from './bid.js'
import { budget } from './budget.js'
import { check } from './check.js'
import type { StepKind } from './definition.js'
import { duplicate } from './duplicate.js'
import { label } from './label.js'
import { launch } from './launch.js'
import { pause } from './pause.js'
import { rename } from './rename.js'
import { report } from './report.js'
import { start } from './start.js'
import { wait } from './wait.js'
import { webhook } from './webhook.js'
import { whatsapp } from './whatsapp.js'

/** In the order in which hints and editors list them. */
export const STEPS: Readonly<Record<StepName, StepKind>> = {
  pause,
  start,
  budget,
  bid,
  duplicate,
  rename,
  label,
  whatsapp,
  webhook,
  report,
  ask,
  launch,
  wait,
  check,
}

/** The keys that `then` may contain. */
export const STEP_NAMES = Object.keys(STEPS) as readonly StepName[]

/** Returns the key that a step is written with, which decisions list. */
export const stepName = ({ kind }: Pick<Step, 'kind'>): StepName => (kind === 'wait-until' ? 'wait' : kind)

export const kindOf = (step: Pick<Step, 'kind'>): StepKind => STEPS[stepName(step)]

/** Steps that may be written as a bare word. */
export const BARE_STEPS: readonly StepName[] = STEP_NAMES.filter((name) => STEPS[name].bare !== null)

/** The schema of each key's value, for the schema of rule files. */
export const STEP_SCHEMAS: Readonly<Record<string, TSchema>> = Object.fromEntries(
  STEP_NAMES.flatMap((name) => {
    const { schema } = STEPS[name]
    return schema === null ? [] : [[name, Type.Optional(schema)]]
  }),
)
