/** A test file after its schema check: values that are missing or invalid are absent, quantities are text. */

import type { YamlNode } from '../document/yaml-file.js'

interface NumbersSource {
  readonly until?: string
  readonly actions?: Readonly<Record<string, string | undefined>>
  readonly today?: Readonly<Record<string, string | undefined>> & {
    readonly actions?: Readonly<Record<string, string | undefined>>
  }
  readonly hours?: Readonly<Record<string, string | undefined>> & {
    readonly actions?: Readonly<Record<string, string | undefined>>
  }
  readonly asked?: Readonly<Record<string, string | undefined>>
  readonly estimates?: Readonly<Record<string, string | undefined>>
}

export interface EntitySource extends NumbersSource {
  readonly name?: string
  readonly campaign?: string
  readonly adset?: string
  readonly id?: string
  readonly status?: string
  readonly effective_status?: string
  readonly delivering?: boolean | '_'
  readonly daily_budget?: string
  readonly lifetime_budget?: string
  readonly budget_level?: string
  readonly age?: string
  readonly last_edit?: string
  readonly learning?: boolean
  readonly objective?: string
  readonly labels?: string | readonly (string | undefined)[]
  readonly result?: string
  /** A series by its metric's name. */
  readonly [metric: string]: unknown
}

export interface TestAccountSource {
  readonly name?: string
  readonly currency?: string
  readonly timezone?: string
  readonly language?: 'tr' | 'en'
  readonly result?: string
  readonly values?: Readonly<Record<string, string | undefined>>
  readonly gross?: { readonly fees?: string; readonly tax?: string }
  readonly estimates?: Readonly<Record<string, string | undefined>>
  readonly [value: string]: unknown
}

export interface ExpectationSource {
  readonly rule?: string
  readonly adset?: string
  readonly ad?: string
  readonly campaign?: string
  readonly group?: string
  readonly account?: string
  readonly at?: string
  readonly outcome?: 'fire' | 'hold' | 'unknown' | 'none'
  readonly because?: 'when' | 'for' | 'clear' | 'cooldown' | 'limit' | 'priority'
  readonly steps?: readonly (string | undefined)[]
  readonly message?: string | readonly (string | undefined)[]
}

interface GroupSource {
  readonly name?: string
  readonly campaigns?: readonly (string | undefined)[]
  readonly monthly_budget?: string
  readonly estimates?: Readonly<Record<string, string | undefined>>
}

export interface RuleTestSource {
  readonly name?: string
  readonly account?: string | TestAccountSource
  readonly groups?: readonly (GroupSource | undefined)[]
  readonly campaigns?: readonly (EntitySource | undefined)[]
  readonly adsets?: readonly (EntitySource | undefined)[]
  readonly ads?: readonly (EntitySource | undefined)[]
  readonly payload?: YamlNode
  readonly at?: string | readonly (string | undefined)[]
  readonly expect?: readonly (ExpectationSource | undefined)[]
}

export interface RuleTestFileSource {
  readonly rules?: string | readonly (string | undefined)[]
  readonly tests?: readonly (RuleTestSource | undefined)[]
}
