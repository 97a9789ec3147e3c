/** What the worker of the benchmark runs: all of tetik's workflows, and one that does nothing. */

export * from '../workflows/bundle.js'

export async function empty(): Promise<void> {}
