import type { Step, StepName } from './rule.js'

/** The name that a step is written by, and that decisions list it under. */
export const stepName = ({ kind }: Pick<Step, 'kind'>): StepName => (kind === 'wait-until' ? 'wait' : kind)
