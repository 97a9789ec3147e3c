import type { Step, StepName } from './rule.js'

const NAMES: Readonly<Record<StepName, true>> = {
  pause: true,
  start: true,
  budget: true,
  bid: true,
  duplicate: true,
  rename: true,
  label: true,
  whatsapp: true,
  webhook: true,
  report: true,
  ask: true,
  launch: true,
  wait: true,
  check: true,
}

/** All that `then` may hold, by the name that it is written by. */
export const STEP_NAMES = Object.keys(NAMES) as readonly StepName[]

/** The name that a step is written by, and that decisions list it under. */
export const stepName = ({ kind }: Pick<Step, 'kind'>): StepName => (kind === 'wait-until' ? 'wait' : kind)
