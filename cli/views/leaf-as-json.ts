import type { TraceLeaf } from '../../engine/rule/decision.js'

/** A leaf as `eval` and `backtest` print it with `--json`. */
export const leafAsJson = ({ condition, result, left, right, unit, path, windows, because }: TraceLeaf) => ({
  condition,
  result,
  left,
  right,
  unit,
  path,
  windows,
  ...(because === undefined ? {} : { because }),
})
