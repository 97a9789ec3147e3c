/** Fields of a create call as they come together: what the file says, and what it does not say with the reason. */

import type { Json, JsonObject } from '../json.js'
import type { FilledField } from '../launch-object.js'

export class Filling {
  readonly #fields: Record<string, Json> = {}
  readonly #filled: FilledField[] = []

  /** Null leaves the field out. */
  say(field: string, value: Json): this {
    if (value !== null) this.#fields[field] = value
    return this
  }

  /** What the file says, or else `value` with its reason; null leaves the field out. */
  fill(field: string, said: Json, value: Json, why: string): this {
    if (said !== null || value === null) return this.say(field, said)
    this.note(field, value, why)
    return this.say(field, value)
  }

  /** A value within a field, that `say` puts there as a part of it. */
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
