/** The workflows of the benchmark's worker: all of tetik's, and one that does nothing. */

export * from '../workflows/bundle.js'

export async function empty(): Promise<void> {}
