/**
 * What Meta documents: the fields of each type, the values of enumerations, and the parameters of each call.
 * `scripts/graph-catalog.js` extracts it from Meta's own SDKs into graph.json, which names their versions.
 */

import { readFileSync } from 'node:fs'

interface Catalog {
  readonly sources: Readonly<Record<string, string>>
  readonly types: Readonly<Record<string, CatalogType>>
}

interface CatalogType {
  /** Type by field, such as `list<AdLabel>`; `unknown` if only the name is documented. */
  readonly fields: Readonly<Record<string, string>>
  readonly enums: Readonly<Record<string, readonly string[]>>
  /** Type by parameter, for each method and edge (`GET /adsets`, `POST /` for the object itself). */
  readonly calls?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

const CATALOG = JSON.parse(readFileSync(new URL('graph.json', import.meta.url), 'utf8')) as Catalog

export const CATALOG_SOURCES = CATALOG.sources

function typeOf(name: string): CatalogType {
  const type = CATALOG.types[name]
  if (type === undefined) throw new Error(`sandbox/catalog/graph.json has no type ${name}: add it in scripts/graph-catalog.js.`)
  return type
}

export const hasType = (name: string): boolean => Object.hasOwn(CATALOG.types, name)

/** Returns all fields of a type, in alphabetical order. */
export const fieldsOf = (type: string): readonly string[] => Object.keys(typeOf(type).fields)

/** Returns a field's type, such as `string`, `unsigned int` or `list<AdLabel>`. */
export const fieldType = (type: string, field: string): string | undefined => typeOf(type).fields[field]

export const hasField = (type: string, field: string): boolean => Object.hasOwn(typeOf(type).fields, field)

export const findValues = (type: string, enumeration: string): readonly string[] | undefined =>
  CATALOG.types[type]?.enums[enumeration]

/** @throws Error if the type has no such enumeration */
export function valuesOf(type: string, enumeration: string): readonly string[] {
  const values = typeOf(type).enums[enumeration]
  if (values === undefined) throw new Error(`sandbox/catalog/graph.json has no ${type}.${enumeration}.`)
  return values
}

/** Returns the parameters of a call with their types; undefined if the call is not documented. */
export const parametersOf = (type: string, method: string, edge: string): Readonly<Record<string, string>> | undefined =>
  typeOf(type).calls?.[`${method} /${edge}`]
