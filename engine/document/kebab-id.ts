/** The ids of rules and launch specs, under which decisions, pauses and launched objects are stored. */

import { type Reading, refuse } from '../diagnostic/fault.js'

const LONGEST = 64

/** Reads a kebab-case id. `what` names it in messages (`an id`); `example` is a valid one. */
export function parseKebabId(text: string, what: string, example: string): Reading<string> {
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= LONGEST) return { value: text, faults: [] }
  if (text.length > LONGEST)
    return refuse(text, 'bad-id', `${what} has ${LONGEST} characters at most, and this has ${text.length}`)
  const suggestion = kebab(text)
  return refuse(
    text,
    'bad-id',
    `${what} is kebab-case: small letters a to z and digits, with \`-\` between words`,
    suggestion === '' ? `for example \`${example}\`` : `did you mean \`${suggestion}\`?`,
  )
}

/** `Pahalı setler` → `pahali-setler`. */
const kebab = (text: string): string =>
  text
    .replaceAll('ı', 'i')
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
