/** `tetik check` as SARIF 2.1.0 (OASIS), which code scanning reads. */

import type { Diagnostic } from '../../engine/diagnostic/diagnostic.js'
import { type LintDefinition, LINTS } from '../../engine/lint/rules/catalogue.js'
import type { RepositoryPath } from '../base/repository-path.js'
import type { CheckView } from './check.js'

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'

export const checkAsSarif =
  (pathOf: RepositoryPath): CheckView =>
  ({ diagnostics, allowed }) => {
    const rules = rulesOf([...diagnostics, ...allowed].map(({ code }) => code))
    const indexes = new Map(rules.map(({ id }, index) => [id, index]))
    const result = (diagnostic: Diagnostic) => ({
      ruleId: diagnostic.code,
      ruleIndex: indexes.get(diagnostic.code)!,
      level: diagnostic.severity,
      message: { text: [diagnostic.message, ...(diagnostic.hint === undefined ? [] : [diagnostic.hint])].join('. Hint: ') },
      locations: [{ physicalLocation: physicalLocation(diagnostic, pathOf) }],
      ...(diagnostic.related === undefined ? {} : { relatedLocations: relatedLocations(diagnostic.related, pathOf) }),
    })
    const run = {
      tool: { driver: { name: 'tetik', rules } },
      columnKind: 'utf16CodeUnits',
      originalUriBaseIds: { SRCROOT: { description: { text: 'The root of the repository' } } },
      results: [
        ...diagnostics.map(result),
        ...allowed.map((warning) => ({
          ...result(warning),
          suppressions: [{ kind: 'inSource', status: 'accepted', justification: warning.reason }],
        })),
      ],
    }
    return `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, null, 2)}\n`
  }

/** All warnings that exist, and the errors that were found. */
function rulesOf(codes: readonly string[]) {
  const known = new Set<string>(LINTS.map(({ code }) => code))
  const others = [...new Set(codes)].filter((code) => !known.has(code)).sort()
  return [
    ...LINTS.map(lintRule),
    ...others.map((id) => ({
      id,
      shortDescription: { text: sentence(id.replaceAll('-', ' ')) },
      defaultConfiguration: { level: 'error' },
    })),
  ]
}

function lintRule({ code, title, why }: LintDefinition) {
  const text = `${why} The page docs/lint/${code}.md has an example and shows how to fix or allow it.`
  return {
    id: code,
    shortDescription: { text: sentence(title) },
    fullDescription: { text: why },
    help: { text, markdown: `**${title}.** ${text}` },
    defaultConfiguration: { level: 'warning' },
  }
}

const physicalLocation = (place: Omit<Diagnostic, 'code' | 'severity'>, pathOf: RepositoryPath) => ({
  artifactLocation: { uri: uriOf(pathOf(place.file)), ...(isWithin(pathOf(place.file)) ? { uriBaseId: 'SRCROOT' } : {}) },
  region: { startLine: place.line, startColumn: place.column, endLine: place.line, endColumn: place.column + place.length },
})

const relatedLocations = (places: NonNullable<Diagnostic['related']>, pathOf: RepositoryPath) =>
  places.map((place, id) => ({ id, message: { text: place.message }, physicalLocation: physicalLocation(place, pathOf) }))

const isWithin = (path: string): boolean => !path.startsWith('/') && !path.startsWith('../')

/** A path as a URI reference. */
const uriOf = (path: string): string => path.split('/').map(encodeURIComponent).join('/')

/** `bad id` → `Bad id.` */
const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
