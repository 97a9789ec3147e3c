/** Reads the steps of `then`. */

import type { Fields } from '../../document/fields.js'
import type { Step, StepName } from '../rule.js'
import type { StepContext } from '../steps/definition.js'
import { STEPS } from '../steps/steps.js'
import type { StepSource } from './schema.js'

/** Reads one step; `index` is its place in `then`. Null if there is an error, which is then reported. */
export function readStep(written: StepSource, index: number, fields: Fields, context: StepContext): Step | null {
  const path = `then/${index}`
  if (typeof written === 'string') {
    const name = written as StepName
    return inScope(name, path, fields, context) ? STEPS[name].bare : null
  }
  const [name, second] = Object.keys(written) as StepName[]
  if (name === undefined) return null
  if (second !== undefined) {
    fields.keyFault(`${path}/${second}`, 'several-steps', 'a step has one key', 'begin a new item with `- `')
    return null
  }
  if (!inScope(name, path, fields, context)) return null
  const value = written[name]
  return value === undefined ? null : STEPS[name].read(value, { index, path: `${path}/${name}`, fields }, context)
}

function inScope(step: StepName, path: string, fields: Fields, context: StepContext): boolean {
  const { scopes } = STEPS[step]
  if (scopes === null || context.scope === null || scopes.includes(context.scope)) return true
  const message = `\`${step}\` has no effect on scope \`${context.scope}\``
  fields.fault(path, 'wrong-scope', message, `it is for ${scopes.map((scope) => `\`${scope}\``).join(', ')}`)
  return false
}
