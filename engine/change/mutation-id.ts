/** Ids of the ledger's rows. Each is derived from the cause of the change, so that a retry finds the row of its first attempt. */

/** The change of a rule's step: the step's place in the rule, or the release of the rule's own pause. */
export const stepMutation = (decision: string, step: number | 'release'): string => `${decision}/${step}`

/** Activating the copy that another change made. */
export const copyStartMutation = (copy: string): string => `${copy}/start`

/** Whether a change releases the pause of the decision's rule, or restores such a release. */
export const isRelease = (id: string, decision: string): boolean => {
  const release = stepMutation(decision, 'release')
  return id === release || id.startsWith(`${release}/`)
}

/** Restoring a change after an earlier one, with the number `arrived`, took effect late; it is restored once for each number. */
export const restoringMutation = (mutation: string, arrived: number): string => `${mutation}/kept-${arrived}`

/** A field of an object that a launch updates. */
export const launchFieldMutation = (run: string, key: string, field: string): string => `${run}/${key}/${field}`

/** The prefix of the ids of a run's activations, without the last slash. */
export const publishFolder = (run: string): string => `${run}/publish`

/** Setting an object of a launch active. */
export const publishMutation = (run: string, key: string): string => `${publishFolder(run)}/${key}`

/** Pausing an object again after its activation. */
export const repauseMutation = (publish: string): string => `${publish}${REPAUSE}`

/** Whether a row among a run's activations pauses again. The id alone does not show it: an object may have the key `back`. */
export const isRepause = ({ target }: { readonly target: string }): boolean => target === 'PAUSED'

/** Returns the object's key from a row of `publishMutation` or `repauseMutation`. */
export const publishedKey = (row: { readonly id: string; readonly target: string }, run: string): string =>
  (isRepause(row) ? row.id.slice(0, -REPAUSE.length) : row.id).slice(publishMutation(run, '').length)

const REPAUSE = '/back'
