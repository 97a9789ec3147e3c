/** Collects the fields of a create call: those in the file, and those filled in, with the reason. */

import type { Json, JsonObject } from '../json.js'
import type { FilledField } from '../launch-object.js'

export class FieldBuilder {
  readonly #fields: Record<string, Json> = {}
  readonly #filled: FilledField[] = []

  /** Sets a field; null leaves it out. */
  set(field: string, value: Json): this {
    if (value !== null) this.#fields[field] = value
    return this
  }

  /** Sets a field to the value in the file or, if that is null, to `value`, which is then reported as filled in. Null leaves it out. */
  fill(field: string, written: Json, value: Json, why: string): this {
    if (written !== null || value === null) return this.set(field, written)
    this.note(field, value, why)
    return this.set(field, value)
  }

  /** Reports a nested value as filled in; `set` sets the field that contains it. */
  note(field: string, value: Json, why: string): void {
    this.#filled.push({ field, value, why })
  }

  get fields(): JsonObject {
    return this.#fields
  }

  get filled(): readonly FilledField[] {
    return this.#filled
  }
}
