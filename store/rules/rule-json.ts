/** A rule as JSON in its row. */

import type { Rule } from '../../engine/rule/rule.js'

/** Parses a stored rule. Rows of earlier releases may have template parts without `kind`; a waiting carry-out may still use one. */
export const parseRule = (json: string): Rule => JSON.parse(json, withPartKinds) as Rule

/** In a rule, a list under `text` or `name` is always a template. */
const withPartKinds = (key: string, value: unknown): unknown =>
  (key === 'text' || key === 'name') && Array.isArray(value) ? value.map(withKind) : value

const withKind = (part: object): object => ({ kind: 'text' in part ? 'text' : 'expression', ...part })
