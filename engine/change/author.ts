/** Who made a change, as stored in the ledger's column `made_by`. */

export type Author =
  /** A person who used the API or panel (`name` is the token's), a command, or `undo`. */
  | { readonly kind: 'person'; readonly name: string }
  /** A person who applied a suggestion. */
  | { readonly kind: 'suggestion'; readonly id: string }
  /** A launch that a rule or a person started. */
  | { readonly kind: 'launch'; readonly key: string }
  | { readonly kind: 'rule'; readonly id: string }

const PREFIXES = { person: 'api:', suggestion: 'suggestion:', launch: 'launch:' } as const

export function encodeAuthor(author: Author): string {
  switch (author.kind) {
    case 'person':
      return `${PREFIXES.person}${author.name}`
    case 'suggestion':
      return `${PREFIXES.suggestion}${author.id}`
    case 'launch':
      return `${PREFIXES.launch}${author.key}`
    case 'rule':
      return author.id
  }
}

/** Decodes `made_by`. Rule ids contain no colon, so they cannot be mistaken for another kind. */
export function decodeAuthor(madeBy: string): Author {
  if (madeBy.startsWith(PREFIXES.person)) return { kind: 'person', name: madeBy.slice(PREFIXES.person.length) }
  if (madeBy.startsWith(PREFIXES.suggestion)) return { kind: 'suggestion', id: madeBy.slice(PREFIXES.suggestion.length) }
  if (madeBy.startsWith(PREFIXES.launch)) return { kind: 'launch', key: madeBy.slice(PREFIXES.launch.length) }
  return { kind: 'rule', id: madeBy }
}

interface Made {
  readonly made_by: string
}

/** Whether a person made the change: through the API, the panel, a command, or by applying a suggestion. */
export const isPersons = ({ made_by: by }: Made): boolean => ['person', 'suggestion'].includes(decodeAuthor(by).kind)

/** Whether a person entered the target value; all others are computed from the previous value. */
export const isWrittenByPerson = ({ made_by: by }: Made): boolean => decodeAuthor(by).kind === 'person'

/** Prefixes of `made_by`, for queries: of changes by people, of those with an entered target, and of changes by launches. */
export const MADE_BY_PERSONS = [PREFIXES.person, PREFIXES.suggestion] as const
export const WRITTEN_BY_PERSONS = PREFIXES.person
export const MADE_BY_LAUNCHES = PREFIXES.launch
