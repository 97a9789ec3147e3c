/** Loads rule files: text in, rules and all diagnostics out. */

import type { Settings } from '../../account/account.js'
import type { Diagnostic } from '../../diagnostic/diagnostic.js'
import { sortDiagnostics, SourceFile } from '../../diagnostic/source.js'
import { Fields } from '../../document/fields.js'
import { shape } from '../../document/read-against-schema.js'
import { type YamlFile, type YamlNode } from '../../document/yaml-file.js'
import { readYaml } from '../../document/yaml.js'
import type { Rule } from '../rule.js'
import { type Blueprint, type BrokenBlueprint, readBlueprint } from './blueprint.js'
import type { DataAccount } from './coverage.js'
import { NO_METRICS, type OwnMetrics, readOwnMetrics } from './own-metrics.js'
import { checkBlueprint, readRule, type RuleContext } from './read-rule.js'
import { type BlueprintSource, RuleFileSchema } from './schema.js'

export interface RuleText {
  /** As diagnostics show it: relative to the folder of `tetik.yaml` if there is one. */
  readonly path: string
  readonly text: string
}

export interface LoadOptions {
  /** The account of a `--data` file, which replaces the account that a rule names. */
  readonly data?: DataAccount
  /** Other files of the project: rules may use their blueprints, but nothing else in them is loaded or reported. */
  readonly library?: readonly RuleText[]
  /** The accounts of the project's launch specs by their keys, which the step `launch` may name. Absent: it may name any key. */
  readonly launches?: ReadonlyMap<string, string | null>
}

export interface LoadedRules {
  /** The rules without an error of their own, in the order of the files. Use them only if no diagnostic is an error. */
  readonly rules: readonly Rule[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Loads rule files. `settings` is null without a `tetik.yaml`: then nothing that needs an account is checked. Never throws. */
export function loadRules(files: readonly RuleText[], settings: Settings | null, options: LoadOptions = {}): LoadedRules {
  const paths = new Set(files.map(({ path }) => path))
  const library = (options.library ?? []).filter(({ path }) => !paths.has(path)).map((file) => openFile(file, settings))
  const opened = files.map((file) => openFile(file, settings))
  const blueprints: Blueprints = new Map()
  const { data = null, launches = null } = options
  const context: RuleContext = { settings, data, metrics: NO_METRICS, blueprints, launches }
  for (const file of opened) takeBlueprints(file, blueprints, context, true)
  for (const file of library) takeBlueprints(file, blueprints, context, false)

  const rules: Rule[] = []
  const places = new Map<string, string>()
  for (const { source, file, metrics, nodes } of opened) {
    for (const node of nodes) {
      const placed = readRule(file!, node, { ...context, metrics })
      if (placed === null) continue
      const { id, rule, idSpan } = placed
      const before = places.get(id)
      if (before === undefined) {
        places.set(id, `${source.path}:${source.place(idSpan.start).line}`)
        if (rule !== null && !usesBroken(source.text, node, metrics)) rules.push(rule)
        continue
      }
      const hint = 'an id must be unique in all files: decisions and pauses are stored under it'
      source.report({ code: 'duplicate-id', message: `the rule \`${id}\` already exists in ${before}`, span: idSpan, hint })
    }
  }
  return { rules, diagnostics: sortDiagnostics(opened.flatMap(({ source }) => source.diagnostics)) }
}

/** Whether a rule uses a metric with an error: it cannot be checked until the metric is corrected. */
function usesBroken(text: string, node: YamlNode, metrics: OwnMetrics): boolean {
  const names = [...metrics.values()].filter(({ broken }) => broken).map(({ name }) => name)
  if (names.length === 0) return false
  return new RegExp(`\\b(${names.join('|')})\\b`).test(text.slice(node.range?.[0] ?? 0, node.range?.[1] ?? 0))
}

interface OpenFile {
  readonly source: SourceFile
  /** Null if the file cannot be read; then there are no nodes either. */
  readonly file: YamlFile | null
  readonly metrics: OwnMetrics
  readonly blueprints: readonly (Blueprint | null)[]
  /** The nodes of its rules. */
  readonly nodes: readonly YamlNode[]
}

function openFile({ path, text }: RuleText, settings: Settings | null): OpenFile {
  const source = new SourceFile(path, text)
  const nothing = { source, file: null, metrics: NO_METRICS, blueprints: [], nodes: [] }
  const file = readYaml(source)
  if (file === null) return nothing
  const warn = () => {
    const hint = 'a rule file has `rules:`, or `blueprints:` for those of other files'
    source.report({ code: 'empty', message: 'the file contains no rules', span: { start: 0, end: 1 }, hint, severity: 'warning' })
  }
  if (file.root === null) {
    if (file.brokenFrom === null) warn()
    return nothing
  }
  const { value, places } = shape(file, RuleFileSchema, file.root, 'a rule file')
  const fields = new Fields(file, places)
  const written = (value ?? {}) as {
    readonly metrics?: Readonly<Record<string, string>>
    readonly blueprints?: readonly (Partial<BlueprintSource> | undefined)[]
    readonly rules?: readonly (YamlNode | undefined)[]
  }
  if (value !== undefined && !fields.has('rules') && !fields.has('blueprints') && file.brokenFrom === null) warn()
  const metrics = readOwnMetrics(written.metrics, settings, fields)
  const blueprints = (written.blueprints ?? []).map((blueprint, index) =>
    blueprint === undefined ? null : readBlueprint(blueprint, `blueprints/${index}`, metrics, fields),
  )
  return { source, file, metrics, blueprints, nodes: (written.rules ?? []).filter((node) => node !== undefined) }
}

type Blueprints = Map<string, Blueprint | BrokenBlueprint>

/** Checks each blueprint once by itself, so that its errors are reported in the blueprint and not at every use. */
function takeBlueprints({ source, blueprints }: OpenFile, known: Blueprints, context: RuleContext, isReported: boolean): void {
  for (const [index, blueprint] of blueprints.entries()) {
    if (blueprint === null) continue
    const { name, file } = blueprint
    const before = known.get(name)
    if (before !== undefined) {
      const where = before.kind === 'sound' ? `${before.file}:${before.line}` : before.file
      const span = blueprint.fields.span(`blueprints/${index}/name`, 'value')
      source.report({ code: 'duplicate-name', message: `the blueprint \`${name}\` already exists in ${where}`, span })
      continue
    }
    const errorsBefore = source.errorCount
    checkBlueprint(blueprint, context)
    known.set(name, source.errorCount > errorsBefore ? { kind: 'broken', file, isReported } : { ...blueprint, isReported })
  }
}
