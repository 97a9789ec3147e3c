/** A rule's version: a hash of what it means, so that white space, comments and the order of keys make no other rule of it. */

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

import type { JsonTemplate, Rule, Step, Template } from '../rule.js'
import type { Meanings } from '../steps/definition.js'
import { kindOf } from '../steps/steps.js'

/** Where a thing stands, how it was written, and what the check derived of it: none of that is meaning. */
const BESIDE_THE_MEANING = new Set([
  'file',
  'line',
  'blueprint',
  'version',
  'description',
  'path',
  'text',
  'source',
  'span',
  'unit',
])

/** SHA-256, hex. */
export const versionOf = (rule: Omit<Rule, 'version'>): string => bytesToHex(sha256(utf8ToBytes(canonical(meaningOf(rule)))))

function meaningOf(rule: Omit<Rule, 'version'>): unknown {
  return {
    ...rule,
    then: rule.then.map(stepMeaning),
    where: strip(rule.where),
    when: strip(rule.when),
    clear: strip(rule.clear),
  }
}

const stepMeaning = (step: Step): unknown => kindOf(step).meaning(step, MEANINGS)

function templateMeaning(template: Template): unknown {
  return template.map((part) => ('text' in part ? part.text : part.expression))
}

function jsonMeaning(json: JsonTemplate): unknown {
  switch (json.kind) {
    case 'text':
      return { words: templateMeaning(json.text) }
    case 'value':
      return json
    case 'list':
      return json.items.map(jsonMeaning)
    case 'object':
      return { members: Object.entries(json.members).map(([name, member]) => [name, jsonMeaning(member)]) }
  }
}

/** A condition without the words it was written in; text that is compared with stays. */
function strip(condition: Rule['when']): unknown {
  if (condition === null) return null
  switch (condition.kind) {
    case 'all':
    case 'any':
      return { [condition.kind]: condition.conditions.map(strip) }
    case 'not':
      return { not: strip(condition.condition) }
    case 'leaf': {
      const { comparison } = condition
      return comparison.kind === 'contains' ? { ...comparison, wanted: comparison.text } : comparison
    }
  }
}

const MEANINGS: Meanings = {
  template: templateMeaning,
  json: (json) => json && jsonMeaning(json),
  condition: strip,
}

/** JSON with sorted keys, and without those beside the meaning. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  // Of a value of an event, the path is all it means.
  const isPayload = (value as { readonly kind?: unknown }).kind === 'payload'
  const entries = Object.entries(value)
    .filter(([key, member]) => member !== undefined && (!BESIDE_THE_MEANING.has(key) || (isPayload && key === 'path')))
    .sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`
}
