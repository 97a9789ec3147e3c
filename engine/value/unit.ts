/** Units of values. Percentages are stored as ratios (20% is 0.2), durations in milliseconds. */
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
