/**
 * Reads the answers of outside systems. Every value has a checked type, or there is an error that states its place. Invalid
 * numbers never become NaN.
 */

import type { Json } from './json.js'

/** Thrown by the readers here, and turned into an `unexpected-answer` by the client. */
export class AnswerMismatch extends Error {
  override readonly name = 'AnswerMismatch'

  constructor(
    readonly path: string,
    readonly expected: string,
    found: Json | undefined,
  ) {
    super(`expected ${expected} at ${path}, found ${describe(found)}`)
  }
}

function describe(found: Json | undefined): string {
  if (found === undefined) return 'nothing'
  if (found === null) return 'null'
  if (Array.isArray(found)) return `a list of ${found.length}`
  if (typeof found === 'object') return 'an object'
  const shown = JSON.stringify(found)
  return shown.length > 60 ? `${shown.slice(0, 57)}…` : shown
}

/** An object in an answer. An absent field and a null field are the same; methods that end in `OrNull` allow both. */
export class AnswerObject {
  readonly path: string
  readonly #fields: { readonly [key: string]: Json }

  constructor(value: Json | undefined, path: string) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) throw new AnswerMismatch(path, 'an object', value)
    this.#fields = value
    this.path = path
  }

  at(key: string): string {
    return this.path === '' ? key : `${this.path}.${key}`
  }

  raw(key: string): Json | undefined {
    return Object.hasOwn(this.#fields, key) ? this.#fields[key] : undefined
  }

  keys(): string[] {
    return Object.keys(this.#fields)
  }

  text(key: string): string {
    return required(this.textOrNull(key), () => new AnswerMismatch(this.at(key), 'text', this.raw(key)))
  }

  textOrNull(key: string): string | null {
    return this.#read(key, 'text', (value) => (typeof value === 'string' ? value : undefined))
  }

  /** An id: digits in a text or, from some endpoints, a bare number. */
  id(key: string): string {
    return required(this.idOrNull(key), () => new AnswerMismatch(this.at(key), 'an id', this.raw(key)))
  }

  idOrNull(key: string): string | null {
    return this.#read(key, 'an id', (value) => {
      if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? String(value) : undefined
      return typeof value === 'string' && /^(?:act_)?\d+$/.test(value) ? value : undefined
    })
  }

  /** A whole number, as a number or in a text. */
  integer(key: string): number {
    return required(this.integerOrNull(key), () => new AnswerMismatch(this.at(key), 'a whole number', this.raw(key)))
  }

  integerOrNull(key: string): number | null {
    return this.#read(key, 'a whole number', (value) => {
      const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value
      return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined
    })
  }

  /** A finite number, as a number or in a text. */
  decimal(key: string): number {
    return required(this.decimalOrNull(key), () => new AnswerMismatch(this.at(key), 'a number', this.raw(key)))
  }

  decimalOrNull(key: string): number | null {
    return this.#read(key, 'a number', (value) => {
      const number = typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : value
      return typeof number === 'number' && Number.isFinite(number) ? number : undefined
    })
  }

  yesOrNoOrNull(key: string): boolean | null {
    return this.#read(key, 'true or false', (value) => (typeof value === 'boolean' ? value : undefined))
  }

  /** `2026-12-01T00:00:00+0300`, as epoch milliseconds. */
  instant(key: string): number {
    return required(this.instantOrNull(key), () => new AnswerMismatch(this.at(key), 'a date and time', this.raw(key)))
  }

  instantOrNull(key: string): number | null {
    return this.#read(key, 'a date and time', (value) => (typeof value === 'string' ? parseInstant(value) : undefined))
  }

  object(key: string): AnswerObject {
    return new AnswerObject(this.raw(key), this.at(key))
  }

  objectOrNull(key: string): AnswerObject | null {
    const value = this.raw(key)
    return value === undefined || value === null ? null : new AnswerObject(value, this.at(key))
  }

  /** Each item of a list of objects; an absent list is empty. */
  objects(key: string): AnswerObject[] {
    const value = this.raw(key)
    if (value === undefined || value === null) return []
    if (!Array.isArray(value)) throw new AnswerMismatch(this.at(key), 'a list', value)
    return value.map((item, index) => new AnswerObject(item, `${this.at(key)}[${index}]`))
  }

  #read<T>(key: string, expected: string, convert: (value: Json) => T | undefined): T | null {
    const value = this.raw(key)
    if (value === undefined || value === null) return null
    const converted = convert(value)
    if (converted === undefined) throw new AnswerMismatch(this.at(key), expected, value)
    return converted
  }
}

/** The whole answer, which has to be an object. */
export const wholeAnswer = (answer: Json): AnswerObject => new AnswerObject(answer, '')

function required<T>(value: T | null, mismatch: () => AnswerMismatch): T {
  if (value === null) throw mismatch()
  return value
}

function parseInstant(text: string): number | undefined {
  const parts = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?)(?:Z|([+-]\d{2}):?(\d{2}))$/.exec(text)
  if (parts === null) return undefined
  const instant = Date.parse(`${parts[1]}${parts[2] === undefined ? 'Z' : `${parts[2]}:${parts[3]}`}`)
  return Number.isNaN(instant) ? undefined : instant
}
