/** Finds steps such as `- wait 2h`, whose missing colon makes them plain text for YAML. */

import { isMap, isScalar, isSeq } from 'yaml'

import type { Fault } from '../../diagnostic/fault.js'
import { spanOfNode, textOf } from '../../document/node-text.js'
import { reportIn, resolved, type YamlFile, type YamlNode } from '../../document/yaml-file.js'
import type { StepName } from '../rule.js'
import { STEPS } from '../steps/steps.js'

/**
 * Reports each step of `then` whose colon is missing. Returns the file with these places marked, so that nothing else is reported
 * there.
 */
export function reportMissingColons(file: YamlFile, rule: YamlNode): YamlFile {
  if (!isMap(rule)) return file
  const then = resolved(file, rule.items.find(({ key }) => isScalar(key) && key.value === 'then')?.value)
  if (!isSeq(then)) return file
  const faults = then.items.flatMap((item) => missingColon(resolved(file, item), then.flow === true) ?? [])
  for (const fault of faults) reportIn(file, fault)
  return faults.length === 0 ? file : { ...file, reportedSpans: [...file.reportedSpans, ...faults.map(({ span }) => span)] }
}

function missingColon(node: YamlNode | null, inFlow: boolean): Fault | null {
  const [, step = '', value = ''] = /^([a-z]+)(?:\s*=\s*|\s+)(\S.*)$/.exec((node === null ? null : textOf(node)) ?? '') ?? []
  const line = Object.hasOwn(STEPS, step) ? STEPS[step as StepName].line : undefined
  if (node === null || line === undefined) return null
  const { pattern, example } = line
  // Within brackets, YAML gives a meaning to brackets, braces and commas; elsewhere to some characters at the start of a value.
  const isPlain = inFlow ? /^[\w+.%:-][\w+.%: -]*$/.test(value) : /^[^[\]{}>|*&!%#`@,?"'-]/.test(value)
  const isSafe = (isPlain || /^[+-]\d/.test(value)) && !/: |:$| #/.test(value)
  const hint = pattern.test(value)
    ? `did you mean \`${step}: ${isSafe ? value : JSON.stringify(value)}\`?`
    : `for example \`${step}: ${inFlow && /[[\]]/.test(example) && !/^["{]/.test(example) ? JSON.stringify(example) : example}\``
  return { code: 'syntax', message: `a colon is missing after \`${step}\``, span: spanOfNode(node), hint }
}
