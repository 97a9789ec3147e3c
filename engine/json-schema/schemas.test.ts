import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

import { ATTRIBUTES } from '../metric/attributes.js'
import { METRICS } from '../metric/catalogue.js'
import { editorSchemas } from './schemas.js'

const ROOT = join(import.meta.dirname, '..', '..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const schemas = new Map(editorSchemas().map((one) => [one.file, one.schema]))
const validate = (file: string, text: string) => {
  const ajv = new Ajv({ strict: false, allErrors: true })
  const check = ajv.compile(schemas.get(file)!)
  return check(parse(text)) ? [] : check.errors!.map(({ instancePath, message }) => `${instancePath} ${message}`)
}

function kindOf(path: string): string {
  if (/\.test\.ya?ml$/.test(path)) return 'tests'
  if (/(^|\/)tetik\.yaml$/.test(path)) return 'tetik'
  return /(^|\/)specs\//.test(path) ? 'launch' : 'rules'
}

describe('the schemas for editors', () => {
  test.each([...schemas.keys()])('%s is committed as `tetik schema --out schema` writes it', (file) => {
    expect(read(`schema/${file}`)).toBe(`${JSON.stringify(schemas.get(file), null, 2)}\n`)
  })

  test('offer every metric and attribute in a condition, with its description', () => {
    const text = JSON.stringify(schemas.get('rules.schema.json'))
    for (const { name, description } of [...METRICS, ...ATTRIBUTES]) {
      expect(text).toContain(`| \`${name}\` |`)
      expect(text).toContain(description.tr)
    }
  })

  const shipped = ['tetik.yaml', ...yamlWithin('rules'), ...yamlWithin('specs'), ...yamlWithin('examples')]

  test.each(shipped)('%s names its schema and matches it', (path) => {
    const [first = ''] = read(path).split('\n')
    const named = /^# yaml-language-server: \$schema=(\S+)$/.exec(first)?.[1]
    expect(named).toBeDefined()
    const file = resolve(ROOT, dirname(path), named!).slice(join(ROOT, 'schema/').length)
    expect(file).toBe(`${kindOf(path)}.schema.json`)
    expect(validate(file, read(path))).toEqual([])
  })

  const good = readdirSync(join(ROOT, 'engine/rule/read/fixtures')).filter(
    (name) => name.endsWith('.good.yaml') && !name.startsWith('empty'),
  )

  test.each(good)('accept the rule file %s, as our own reader does', (name) => {
    expect(validate('rules.schema.json', read(`engine/rule/read/fixtures/${name}`))).toEqual([])
  })

  test('refuse files whose form our own reader refuses', () => {
    expect(validate('rules.schema.json', 'rules: [{ id: a, scope: adset, wen: delivering }]')).not.toEqual([])
    expect(validate('rules.schema.json', 'rules: [{ id: a, scope: adsets }]')).not.toEqual([])
    expect(
      validate('tests.schema.json', 'rules: a.yaml\ntests: [{ name: a, adsets: [{ name: A, cpa: 5 }], expect: [] }]'),
    ).not.toEqual([])
    expect(validate('tetik.schema.json', 'accounts: [{ name: a }]')).not.toEqual([])
  })
})

function yamlWithin(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
}
