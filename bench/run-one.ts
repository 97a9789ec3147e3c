/** Runs the benchmark in the given file and prints its measurements as JSON on the last line. */

import { pathToFileURL } from 'node:url'

import type { Benchmark } from './measure.js'

const [, , file] = process.argv
if (file === undefined) throw new Error('Pass the path of a benchmark.')
const { benchmark } = (await import(pathToFileURL(file).href)) as { benchmark: Benchmark }
const measurements = await benchmark.run()
process.stdout.write(`\n${JSON.stringify({ description: benchmark.description, measurements })}\n`)
process.exit(0)
