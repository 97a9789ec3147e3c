/** Rule files from text to rules, or to everything that is wrong with them. */

import type { Settings } from '../account/account.js'
import type { Diagnostic } from '../diagnostic/diagnostic.js'
import { sortDiagnostics, SourceFile } from '../diagnostic/source.js'
import { shape } from '../document/shape.js'
import { readYaml, type YamlNode } from '../document/yaml.js'
import type { DataAccount } from './coverage.js'
import { readRule } from './read-rule.js'
import type { Rule } from './rule.js'
import { RuleFileSchema } from './schema.js'

export interface RuleText {
  /** As diagnostics name it: relative to the folder of `tetik.yaml` where there is one. */
  readonly path: string
  readonly text: string
}

export interface LoadOptions {
  /** The account of a `--data` file, which stands for whatever account a rule names. */
  readonly data?: DataAccount
}

export interface LoadedRules {
  /** Those without a fault of their own, in the order of the files. Use them only where no diagnostic is an error. */
  readonly rules: readonly Rule[]
  readonly diagnostics: readonly Diagnostic[]
}

/** `settings` is null where there is no `tetik.yaml`: what needs an account is then not checked. Never throws. */
export function loadRules(files: readonly RuleText[], settings: Settings | null, options: LoadOptions = {}): LoadedRules {
  const rules: Rule[] = []
  const diagnostics: Diagnostic[] = []
  const places = new Map<string, string>()
  for (const { path, text } of files) {
    const source = new SourceFile(path, text)
    for (const { rule, idSpan } of readFile(source, settings, options)) {
      const before = places.get(rule.id)
      if (before === undefined) {
        places.set(rule.id, `${path}:${rule.line}`)
        rules.push(rule)
        continue
      }
      const hint = 'an id is unique over all files: decisions and pauses are kept by it'
      source.report({ code: 'duplicate-id', message: `the rule \`${rule.id}\` stands in ${before} already`, span: idSpan, hint })
    }
    diagnostics.push(...source.diagnostics)
  }
  return { rules, diagnostics: sortDiagnostics(diagnostics) }
}

interface PlacedRule {
  readonly rule: Rule
  readonly idSpan: { readonly start: number; readonly end: number }
}

function readFile(source: SourceFile, settings: Settings | null, options: LoadOptions): readonly PlacedRule[] {
  const file = readYaml(source)
  if (file === null) return []
  if (file.root === null) {
    const hint = 'a rule file begins with `rules:`'
    if (file.brokenFrom === null)
      source.report({ code: 'empty', message: 'the file holds no rules', span: { start: 0, end: 1 }, hint, severity: 'warning' })
    return []
  }
  const { value } = shape(file, RuleFileSchema, file.root, 'a rule file')
  const nodes = (value as { rules?: readonly (YamlNode | undefined)[] } | undefined)?.rules ?? []
  return nodes.flatMap((node) => (node === undefined ? [] : (readRule(file, node, settings, options.data ?? null) ?? [])))
}
