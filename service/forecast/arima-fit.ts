/**
 * Fits ARIMA with npm `arima` (C in WebAssembly), within the limits in which it is reliable: BFGS, given orders, finite input of
 * bounded length. `engine/forecast/arima.ts` calls this and checks the result. Use it only in worker threads: a fit cannot be
 * interrupted, and after one read out of bounds the module throws at every call.
 */

import { createRequire } from 'node:module'

import type { ArimaRequest, FitArima } from '../../engine/forecast/arima.js'

/** Works in practice; 8,200 values lead to reads out of bounds. */
const MOST_VALUES = 2_000
const BFGS = 5
const EXACT_LIKELIHOOD = 0

interface ArimaModel {
  train(values: readonly number[]): unknown
  predict(steps: number): [number[], number[]]
  destroy(): void
  /** The bytes of the series that `predict` continues, of the same length as the fitted one. */
  ts: Uint8Array
}

type ArimaConstructor = new (options: Readonly<Record<string, number | boolean>>) => ArimaModel

let loaded: ArimaConstructor | null = null
let broken = false

/** Whether a fit has read out of bounds: this thread can then fit nothing more and must be replaced. */
export const isBroken = (): boolean => broken

/**
 * Loads the module. It stores the console's methods when it is loaded, and prints its optimiser's warnings with them, so they are
 * replaced while it loads.
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

/** Fits once, to the values before the first origin, and forecasts from each origin with those parameters. */
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
