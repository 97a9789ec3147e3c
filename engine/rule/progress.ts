/**
 * How far a decision has come. `observed` and `none` have nothing to carry out; `planned` was recorded and its workflow not yet
 * seen; `done`, `refused`, `failed` and `stopped` are ends.
 */
export const PROGRESS = ['none', 'observed', 'planned', 'running', 'waiting', 'done', 'refused', 'failed', 'stopped'] as const
export type Progress = (typeof PROGRESS)[number]

/** What a carry-out may report of itself. */
export type CarryOutProgress = Exclude<Progress, 'none' | 'observed' | 'planned'>
