/**
 * npm `arima` (C in WebAssembly), kept to what it does well: BFGS, given orders, finite input of bounded length. What it answers
 * is checked by `engine/forecast/arima.ts`, which calls this. Only for worker threads: a fit can't be interrupted, and a module
 * that once read out of bounds throws for ever after.
 */

import { createRequire } from 'node:module'

import type { ArimaRequest, FitArima } from '../../engine/forecast/arima.js'

/** Seen to work; 8,200 values are out of bounds. */
const MOST_VALUES = 2_000
const BFGS = 5
const EXACT_LIKELIHOOD = 0

interface ArimaModel {
  train(values: readonly number[]): unknown
  predict(steps: number): [number[], number[]]
  destroy(): void
  /** The bytes of the series that `predict` goes on from: as long as the one that was fitted. */
  ts: Uint8Array
}

type ArimaConstructor = new (options: Readonly<Record<string, number | boolean>>) => ArimaModel

let loaded: ArimaConstructor | null = null
let broken = false

/** Whether a fit read out of bounds, so that this thread can fit nothing any more and must be replaced. */
export const isBroken = (): boolean => broken

/**
 * The module prints warnings of its optimiser. It keeps the console's methods as they are while it is loaded, so that they are
 * taken away for that moment.
 */
function load(): ArimaConstructor {
  if (loaded !== null) return loaded
  const { log, warn, error } = console
  const silent = (): void => {}
  Object.assign(console, { log: silent, warn: silent, error: silent })
  try {
    loaded = createRequire(import.meta.url)('arima') as ArimaConstructor
  } finally {
    Object.assign(console, { log, warn, error })
  }
  return loaded
}

/** Fits once, to what lies before the first origin, and forecasts from each with those parameters. */
export const fitArima: FitArima = ({ values, order, origins, steps }: ArimaRequest) => {
  const first = origins[0]
  if (broken || first === undefined || first > MOST_VALUES || order.p + order.q + order.P + order.Q === 0) return null
  const Arima = load()
  const model = new Arima({ ...order, method: EXACT_LIKELIHOOD, optimizer: BFGS, auto: false, verbose: false })
  try {
    model.train([...values.subarray(0, first)])
    let variances: readonly number[] = []
    const paths = origins.map((origin) => {
      model.ts = bytesOf(values.subarray(origin - first, origin))
      const [means, squares] = model.predict(steps)
      variances = squares
      return Float64Array.from(means)
    })
    return { paths, variances: Float64Array.from(variances) }
  } catch (error) {
    // WebAssembly.RuntimeError, which has no type without the DOM's.
    if (error instanceof Error && error.name === 'RuntimeError') broken = true
    return null
  } finally {
    if (!broken) model.destroy()
  }
}

const bytesOf = (values: Float64Array): Uint8Array => new Uint8Array(Float64Array.from(values).buffer)
