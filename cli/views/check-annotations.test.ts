import { join } from 'node:path'

import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'

import type { CheckResult } from '../data/check-result.js'
import { checkRuleSets } from '../data/check-rules.js'
import { checkForGitHub } from './check-github.js'
import { checkAsSarif } from './check-sarif.js'

const pathOf = (path: string) => `shop/${path}`

const SETTINGS = 'accounts:\n  - { name: moda-tr, id: act_1, currency: TRY, timezone: Europe/Istanbul }\n'
const RULES = `rules:
  - id: pause-high
    scope: adset
    when: cpa[last_3d] > 120
    then: [pause]
  - id: start-cheap
    scope: adset
    when: cpa[last_3d] < 120 # tetik-allow no-evidence: what is cheap may as well run
    then: [{ start: any }]
    every: 1d
  - id: raise
    scope: adset
    when: [spend[yesterday] > 5, "spend[yesterday] < 3"]
    then: [{ budget: +15% }]
  - { id: names, scope: adset, when: "cpaa[today] > 3" }
`.replace('[spend[yesterday] > 5, ', '["spend[yesterday] > 5", ')

const check = (path = 'rules/ölçüm, 50%:a.yaml', rules = RULES): CheckResult =>
  checkRuleSets(
    { sets: [{ settings: { path: 'tetik.yaml', text: SETTINGS }, files: [{ path, text: rules }] }], diagnostics: [] },
    false,
    { now: Date.UTC(2026, 2, 10), complete: true },
  )

describe('annotations of GitHub', () => {
  it('match the golden file', async () => {
    await expect(checkForGitHub(pathOf)(check())).toMatchFileSnapshot(join(import.meta.dirname, 'fixtures', 'check.github.txt'))
  })

  it('are one line each, errors first, whatever the names contain', () => {
    const lines = checkForGitHub((path) => path)(check('a\n::error::,%.yaml'))
      .trimEnd()
      .split('\n')
    expect(lines.length).toBe(check().diagnostics.length)
    for (const line of lines)
      expect(line).toMatch(
        /^::(error|warning) file=a%0A%3A%3Aerror%3A%3A%2C%25\.yaml,line=\d+,endLine=\d+,col=\d+,endColumn=\d+,title=[a-z-]+::[^\r\n]+$/,
      )
    const kinds = lines.map((line) => line.startsWith('::error'))
    expect(kinds).toEqual([...kinds].sort((one, other) => Number(other) - Number(one)))
  })

  it('are empty if nothing is wrong', () => {
    expect(checkForGitHub(pathOf)(check('a.yaml', 'rules:\n  - { id: a, scope: adset, when: delivering }\n'))).toBe('')
  })
})

/** The requirements of SARIF 2.1.0 for the parts that we write (with section numbers of the OASIS standard). */
const ESSENTIALS = {
  $defs: {
    message: { type: 'object', required: ['text'], properties: { text: { type: 'string', minLength: 1 } } },
    // 3.29 and 3.30: lines and columns count from 1, and an end is not before its start.
    location: {
      type: 'object',
      required: ['physicalLocation'],
      properties: {
        id: { type: 'integer', minimum: -1 },
        physicalLocation: {
          type: 'object',
          required: ['artifactLocation', 'region'],
          additionalProperties: false,
          properties: {
            artifactLocation: {
              type: 'object',
              required: ['uri'],
              additionalProperties: false,
              properties: { uri: { type: 'string', format: 'uri-reference' }, uriBaseId: { enum: ['SRCROOT'] } },
            },
            region: {
              type: 'object',
              required: ['startLine', 'startColumn', 'endLine', 'endColumn'],
              additionalProperties: false,
              patternProperties: { '^(start|end)(Line|Column)$': { type: 'integer', minimum: 1 } },
            },
          },
        },
      },
    },
  },
  type: 'object',
  required: ['version', 'runs', '$schema'],
  additionalProperties: false,
  properties: {
    $schema: { type: 'string', format: 'uri' },
    version: { const: '2.1.0' },
    runs: {
      type: 'array',
      items: {
        type: 'object',
        required: ['tool', 'results'],
        additionalProperties: false,
        properties: {
          columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
          originalUriBaseIds: { type: 'object' },
          tool: {
            type: 'object',
            required: ['driver'],
            properties: {
              driver: {
                type: 'object',
                required: ['name'],
                properties: {
                  rules: {
                    type: 'array',
                    uniqueItems: true,
                    items: {
                      type: 'object',
                      required: ['id', 'shortDescription'],
                      additionalProperties: false,
                      properties: {
                        id: { type: 'string' },
                        shortDescription: { $ref: '#/$defs/message' },
                        fullDescription: { $ref: '#/$defs/message' },
                        help: {
                          type: 'object',
                          required: ['text'],
                          properties: { text: { type: 'string' }, markdown: { type: 'string' } },
                          additionalProperties: false,
                        },
                        defaultConfiguration: {
                          type: 'object',
                          properties: { level: { enum: ['none', 'note', 'warning', 'error'] } },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
          results: {
            type: 'array',
            items: {
              type: 'object',
              required: ['message', 'ruleId', 'ruleIndex', 'locations'],
              additionalProperties: false,
              properties: {
                ruleId: { type: 'string' },
                ruleIndex: { type: 'integer', minimum: 0 },
                level: { enum: ['none', 'note', 'warning', 'error'] },
                message: { $ref: '#/$defs/message' },
                locations: { type: 'array', minItems: 1, items: { $ref: '#/$defs/location' } },
                relatedLocations: { type: 'array', uniqueItems: true, items: { $ref: '#/$defs/location' } },
                suppressions: {
                  type: 'array',
                  uniqueItems: true,
                  items: {
                    type: 'object',
                    required: ['kind'],
                    additionalProperties: false,
                    properties: {
                      kind: { enum: ['inSource', 'external'] },
                      status: { enum: ['accepted', 'underReview', 'rejected'] },
                      justification: { type: 'string' },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
}

interface Sarif {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } }
    readonly results: readonly { readonly ruleId: string; readonly ruleIndex: number; readonly suppressions?: unknown }[]
  }[]
}

describe('SARIF', () => {
  it('matches the golden file', async () => {
    const { runs } = JSON.parse(checkAsSarif(pathOf)(check())) as Sarif
    await expect(`${JSON.stringify(runs[0]!.results, null, 2)}\n`).toMatchFileSnapshot(
      join(import.meta.dirname, 'fixtures', 'check.sarif.json'),
    )
  })

  it.each([
    ['errors', check()],
    ['no errors', check('a.yaml', 'rules: []\n')],
  ])('has the form that the standard requires, with %s', (_, result) => {
    const validate = new Ajv2020({
      strict: false,
      formats: { uri: /^[a-z]+:\/\//, 'uri-reference': /^[\w./%~!'()*-]+$/ },
    }).compile(ESSENTIALS)
    validate(JSON.parse(checkAsSarif(pathOf)(result)))
    expect(validate.errors).toBeNull()
  })

  it('links each result to its rule, and includes allowed warnings as suppressed', () => {
    const result = check()
    const [run] = (JSON.parse(checkAsSarif(pathOf)(result)) as Sarif).runs
    for (const { ruleId, ruleIndex } of run!.results) expect(run!.tool.driver.rules[ruleIndex]!.id).toBe(ruleId)
    expect(result.allowed).toHaveLength(1)
    expect(run!.results).toHaveLength(result.diagnostics.length + 1)
    expect(run!.results.filter(({ suppressions }) => suppressions !== undefined)).toMatchObject([
      { ruleId: 'no-evidence', suppressions: [{ kind: 'inSource', justification: 'what is cheap may as well run' }] },
    ])
  })
})
