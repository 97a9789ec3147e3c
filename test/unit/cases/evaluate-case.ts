/** Runs `tetik eval` on the small inputs of this folder, in the test's process. */

import { join } from 'node:path'

import { readRuleSets } from '../../../cli/base/rule-sets.js'
import { evaluateData } from '../../../cli/data/evaluate-data.js'
import { readData } from '../../../cli/data/read-data.js'
import { type EvaluateDataOptions } from '../../../cli/data/rules-with-data.js'

/** Returns what `tetik eval` finds: `rule entity outcome left…` for each decision, or the codes of its errors. */
export async function evaluateCase(
  folder: string,
  data: string,
  options: EvaluateDataOptions & { readonly rules?: string },
): Promise<string[]> {
  const path = join(import.meta.dirname, folder)
  const sets = await readRuleSets([join(path, options.rules ?? 'rules.yaml')], path)
  const text = await readData(join(path, data))
  const { evaluated, diagnostics } = await evaluateData(sets, { path: data, text }, options)
  if (evaluated === null) return diagnostics.map(({ code }) => code)
  return evaluated.rules.flatMap(({ rule, evaluations }) =>
    evaluations.map(({ entity, outcome, trace }) => {
      const left = trace.map((leaf) => JSON.stringify(leaf.left))
      return [rule.id, entity.name, outcome, ...left].join(' ')
    }),
  )
}
