/** The `fields` parameter: names, field expansion and its arguments, as in `id,adset{id,name},ads.limit(2){id}`. */

import { invalidParameter, syntaxError } from './errors.js'
import type { Parameters } from './parameters.js'

export interface Field {
  readonly name: string
  /** Written after a dot: `insights.date_preset(last_7d).limit(1)`. */
  readonly parameters: Parameters
  /** The fields in braces; null without braces. */
  readonly fields: readonly Field[] | null
}

/** @throws GraphError 2500 if the text is not well formed */
export function parseFields(given: unknown): Field[] {
  if (given === undefined || given === null || given === '') return []
  const text = Array.isArray(given) ? given.join(',') : typeof given === 'string' ? given : null
  if (text === null) throw syntaxError('Expected a list of fields')
  if (text.trim().startsWith('[')) return parseFields(parseArray(text))
  return new FieldParser(text).all()
}

function parseArray(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text)
    if (Array.isArray(value)) return value
  } catch {
    throw syntaxError(`Expected a JSON array instead of "${text}".`)
  }
  throw syntaxError(`Expected a JSON array instead of "${text}".`)
}

class FieldParser {
  #at = 0
  constructor(private readonly text: string) {}

  all(): Field[] {
    const fields = this.#list()
    if (this.#at < this.text.length) this.#fail('end of string')
    return fields
  }

  #list(): Field[] {
    const fields: Field[] = []
    for (;;) {
      this.#space()
      if (this.#at < this.text.length && this.text[this.#at] !== '}') fields.push(this.#field())
      this.#space()
      if (this.text[this.#at] !== ',') return fields
      this.#at += 1
    }
  }

  #field(): Field {
    const name = this.#name()
    const parameters: Parameters = {}
    while (this.text[this.#at] === '.') {
      this.#at += 1
      const modifier = this.#name()
      // New apps, such as the sandbox's, cannot use aliases since 2026-11-04.
      if (modifier === 'as') throw invalidParameter(`Field aliases are not supported for this app: ${name}.as`)
      if (this.text[this.#at] !== '(') this.#fail('"("')
      parameters[modifier] = this.#argument()
    }
    if (this.text[this.#at] !== '{') return { name, parameters, fields: null }
    this.#at += 1
    const fields = this.#list()
    if (this.text[this.#at] !== '}') this.#fail('"}"')
    this.#at += 1
    return { name, parameters, fields }
  }

  #name(): string {
    const match = /^[A-Za-z0-9_:]+/.exec(this.text.slice(this.#at))
    if (!match) return this.#fail('a name')
    this.#at += match[0].length
    return match[0]
  }

  /** Reads up to the matching closing bracket; the argument may contain others. */
  #argument(): string {
    const start = this.#at + 1
    let depth = 0
    for (; this.#at < this.text.length; this.#at++) {
      if (this.text[this.#at] === '(') depth += 1
      if (this.text[this.#at] === ')' && --depth === 0) {
        this.#at += 1
        return this.text.slice(start, this.#at - 1)
      }
    }
    return this.#fail('")"')
  }

  #space(): void {
    while (/\s/.test(this.text[this.#at] ?? '')) this.#at += 1
  }

  #fail(expected: string): never {
    throw syntaxError(
      `Expected ${expected} instead of "${this.text[this.#at] ?? 'end of string'}"." at character ${this.#at}: ${this.text}`,
    )
  }
}
