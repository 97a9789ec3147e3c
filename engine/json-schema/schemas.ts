/**
 * The JSON Schemas with which editors check and complete our YAML. They are made from the schemas that the files are read with,
 * plus completions and hover texts.
 */

import { SettingsSchema } from '../account/schema.js'
import { LaunchSchema } from '../launch/read/schema.js'
import { RuleFileSchema } from '../rule/read/schema.js'
import { RuleTestFileSchema } from '../rule-test/schema.js'
import { conditionHelp, conditionSnippets } from './completions.js'

export interface EditorSchema {
  /** The argument of `tetik schema <name>`. */
  readonly name: 'rules' | 'tests' | 'launch' | 'settings'
  readonly file: string
  readonly title: string
  /** Plain JSON. */
  readonly schema: Readonly<Record<string, unknown>>
}

export const editorSchemas = (): readonly EditorSchema[] => [
  { name: 'rules', file: 'rules.schema.json', title: 'Rules of tetik', schema: published('Rules of tetik', RuleFileSchema) },
  { name: 'tests', file: 'tests.schema.json', title: 'Tests of rules', schema: published('Tests of rules', RuleTestFileSchema) },
  {
    name: 'launch',
    file: 'launch.schema.json',
    title: 'A launch of tetik',
    schema: published('A launch of tetik', LaunchSchema),
  },
  { name: 'settings', file: 'tetik.schema.json', title: 'tetik.yaml', schema: published('tetik.yaml', SettingsSchema) },
]

type Json = Readonly<Record<string, unknown>>

function published(title: string, schema: object): Json {
  return { $schema: 'http://json-schema.org/draft-07/schema#', title, ...(plain(schema) as Json) }
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, member]) => member !== undefined)
  const copy: Record<string, unknown> = {}
  for (const [key, member] of entries)
    copy[key] = key === 'examples' ? member : isNamed(key, value) ? named(key, member) : plain(member)
  return copy
}

/** Whether the members of a key have names of the described file, not keywords of JSON Schema. */
const isNamed = (key: string, value: object): boolean =>
  (key === 'properties' || key === '$defs' || key === 'patternProperties') && !('$ref' in value)

function named(key: string, members: unknown): unknown {
  const copy: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(members as Json))
    copy[name] = key === '$defs' && name === 'condition' ? condition(member) : plain(member)
  return copy
}

/** Adds completions and hover text to the schema of a condition. */
function condition(schema: unknown): unknown {
  const { anyOf = [], ...rest } = plain(schema) as { readonly anyOf?: readonly Json[] }
  const branches = anyOf.map((branch) => (branch['type'] === 'string' ? { ...branch, ...offered() } : branch))
  return { ...rest, anyOf: branches }
}

const offered = (): Json => ({
  description: 'A comparison: `cpa[last_3d] > 1.5 * target_cpa`',
  markdownDescription: conditionHelp(),
  defaultSnippets: conditionSnippets(),
})
