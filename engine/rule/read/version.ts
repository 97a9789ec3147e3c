/** A rule's version: a hash of its meaning, so that white space, comments and the order of keys do not change it. */

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

import type { JsonTemplate, Rule, Step, Template } from '../rule.js'
import type { Meanings } from '../steps/definition.js'
import { kindOf } from '../steps/steps.js'

/** Keys that are not part of the meaning: where something is written, how, and what the check derived from it. */
const NOT_MEANING = new Set(['file', 'line', 'blueprint', 'version', 'description', 'path', 'text', 'source', 'span', 'unit'])

/** Returns the version: SHA-256, in hex. */
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
  return template.map((part) => (part.kind === 'text' ? part.text : part.expression))
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

/** Returns a condition without its wording; a text that is compared with is part of the meaning. */
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

/** Returns JSON with sorted keys and without the keys in `NOT_MEANING`. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  // The meaning of a value from an event is its path.
  const isPayload = (value as { readonly kind?: unknown }).kind === 'payload'
  const entries = Object.entries(value)
    .filter(([key, member]) => member !== undefined && (!NOT_MEANING.has(key) || (isPayload && key === 'path')))
    .sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`
}
