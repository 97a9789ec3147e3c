/**
 * What Meta documents: fields of each type, values of enumerations, parameters of each call. Read by `scripts/graph-catalog.js`
 * from Meta's own SDKs into graph.json, which names their versions.
 */

import { readFileSync } from 'node:fs'

interface Catalog {
  readonly sources: Readonly<Record<string, string>>
  readonly types: Readonly<Record<string, CatalogType>>
}

interface CatalogType {
  /** Field and type, as `list<AdLabel>`; `unknown` where only its name is known. */
  readonly fields: Readonly<Record<string, string>>
  readonly enums: Readonly<Record<string, readonly string[]>>
  /** By method and edge (`GET /adsets`, `POST /` for the object itself): parameter and type. */
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

/** All fields of a type, in the alphabet's order. */
export const fieldsOf = (type: string): readonly string[] => Object.keys(typeOf(type).fields)

/** As `string`, `unsigned int`, `list<AdLabel>`. */
export const fieldType = (type: string, field: string): string | undefined => typeOf(type).fields[field]

export const hasField = (type: string, field: string): boolean => Object.hasOwn(typeOf(type).fields, field)

export const findValues = (type: string, enumeration: string): readonly string[] | undefined =>
  CATALOG.types[type]?.enums[enumeration]

/** @throws Error where the type has no such enumeration */
export function valuesOf(type: string, enumeration: string): readonly string[] {
  const values = typeOf(type).enums[enumeration]
  if (values === undefined) throw new Error(`sandbox/catalog/graph.json has no ${type}.${enumeration}.`)
  return values
}

/** Parameters of a call and their types; undefined where no such call is documented. */
export const parametersOf = (type: string, method: string, edge: string): Readonly<Record<string, string>> | undefined =>
  typeOf(type).calls?.[`${method} /${edge}`]
