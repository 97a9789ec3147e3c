/** The kinds of value that never mix. Percentages are ratios inside (20 % is 0.2), durations are milliseconds. */
export type Unit =
  | { readonly kind: 'money' }
  | { readonly kind: 'count' }
  | { readonly kind: 'number' }
  | { readonly kind: 'percentage' }
  | { readonly kind: 'duration' }
  | { readonly kind: 'text' }
  | { readonly kind: 'yes-or-no' }
  | { readonly kind: 'choice'; readonly name: string; readonly choices: readonly string[] }

export type UnitKind = Unit['kind']
