/** The signal of the activity that runs now. */

import { asyncLocalStorage } from '@temporalio/activity'

/** Aborted when the activity is cancelled or its worker stops; undefined outside of activities. */
export const activitySignal = (): AbortSignal | undefined => asyncLocalStorage.getStore()?.cancellationSignal
