/** A rule that uses a blueprint: the blueprint's rule with the use's values in place of its inputs. */

import type { Diagnostic, RelatedPlace } from '../../diagnostic/diagnostic.js'
import { didYouMean } from '../../diagnostic/nearest.js'
import { SourceFile } from '../../diagnostic/source.js'
import type { Fields } from '../../document/fields.js'
import type { BoundInput } from '../../expression/read/vocabulary.js'
import { type Blueprint, boundInput, parseInput } from './blueprint.js'
import type { UseSource } from './schema.js'

/** Returns the value of each input for this use; null if one is missing or has an error, which is then reported. */
export function bindInputs(
  written: Partial<UseSource>,
  blueprint: Blueprint,
  fields: Fields,
): ReadonlyMap<string, BoundInput> | null {
  const given = (written.with ?? {}) as Readonly<Record<string, string | undefined>>
  const names = [...blueprint.inputs.keys()]
  let sound = true
  for (const name of Object.keys(given)) {
    if (blueprint.inputs.has(name)) continue
    sound = false
    const hint =
      didYouMean(name, names) ??
      (names.length === 0 ? 'it has no inputs' : `it has ${names.map((each) => `\`${each}\``).join(', ')}`)
    fields.keyFault(`with/${name}`, 'unknown-input', `the blueprint \`${blueprint.name}\` has no input \`${name}\``, hint)
  }
  const bound = new Map<string, BoundInput>()
  for (const [name, { type, fallback }] of blueprint.inputs) {
    const text = given[name]
    if (text === undefined && fallback === null) {
      sound = false
      const message = `the blueprint \`${blueprint.name}\` needs the input \`${name}\``
      fields.fault('use', 'missing-input', message, `give it under \`with:\`, as ${type}`)
      continue
    }
    const tree =
      text === undefined ? parseInput(fallback!, type).value : fields.read(`with/${name}`, text, (each) => parseInput(each, type))
    if (tree === null) sound = false
    else bound.set(name, boundInput(type, tree))
  }
  return sound ? bound : null
}

/** Reads the body with a copy of the blueprint's file, so that errors of this use alone can be reported at the use. */
export function readForUse<T>(
  blueprint: Blueprint,
  read: (file: Fields['file']) => T | null,
): { value: T | null; faults: readonly Diagnostic[] } {
  const { file } = blueprint.fields
  const source = new SourceFile(file.source.path, file.source.text)
  const value = read({ ...file, source })
  const known = new Set(file.source.diagnostics.map(placeOf))
  return { value, faults: source.diagnostics.filter((fault) => !known.has(placeOf(fault))) }
}

const placeOf = ({ line, column, code }: Diagnostic): string => `${line}:${column} ${code}`

export function reportAtUse(faults: readonly Diagnostic[], blueprint: Blueprint, fields: Fields): void {
  for (const fault of faults) {
    if (reportAtValue(fault, blueprint, fields)) continue
    const { code, severity, message, hint, line, column, length } = fault
    const related: RelatedPlace = { file: blueprint.file, line, column, length, message: `the blueprint \`${blueprint.name}\`` }
    fields.file.source.report({
      code,
      severity,
      message: `for this use of \`${blueprint.name}\`, ${message}`,
      span: fields.span('use', 'value'),
      related: [related],
      ...(hint === undefined ? {} : { hint }),
    })
  }
}

/** The codes of errors in an amount itself, wherever the body uses it. */
const OF_AMOUNT: ReadonlySet<string> = new Set(['ambiguous-amount', 'too-precise'])

/** Reports an error in an amount itself where the amount is written: under `with:`, or as the default. */
function reportAtValue(
  { code, severity, message, hint, line, column, length }: Diagnostic,
  blueprint: Blueprint,
  use: Fields,
): boolean {
  if (!OF_AMOUNT.has(code)) return false
  const { file } = blueprint.fields
  const written = file.source.line(line).slice(column - 1, column - 1 + length)
  const names = [...blueprint.inputs.keys()].filter((name) => new RegExp(`\\b${name}\\b`).test(written))
  const [name] = names
  if (name === undefined || names.length > 1) return false
  const isGiven = use.has(`with/${name}`)
  const place = isGiven ? use : blueprint.fields
  const path = isGiven ? `with/${name}` : `${blueprint.inputs.get(name)!.path}/default`
  // The errors of a file that is not being checked are reported at its uses.
  if (!isGiven && !blueprint.isReported) return false
  const span = place.span(path, 'value')
  const { source } = place.file
  const at = source.place(span.start)
  const isReported = source.diagnostics.some(
    (known) => known.code === code && known.line === at.line && known.column === at.column,
  )
  if (!isReported) source.report({ code, severity, message, span, ...(hint === undefined ? {} : { hint }) })
  return true
}
