/** The functions of the language: the only list, for the check's hints, the editor's completion and the reference in docs/. */

import type { AggregateFunction } from '../syntax.js'

export interface FunctionDefinition {
  readonly name: string
  /** The name with its parameters. */
  readonly form: string
  readonly example: string
  /** The number of arguments. */
  readonly takes: 0 | 1 | 2
  /** In words; `x` is the argument. */
  readonly unit: string
  readonly description: { readonly en: string; readonly tr: string }
}

const define = (
  form: string,
  example: string,
  takes: FunctionDefinition['takes'],
  unit: string,
  en: string,
  tr: string,
): FunctionDefinition => ({ name: form.slice(0, form.indexOf('(')), form, example, takes, unit, description: { en, tr } })

export const FUNCTION_DEFINITIONS: readonly FunctionDefinition[] = [
  define('count()', 'count()', 0, 'count', 'How many entities `where` selected', '`where` ile seçilenlerin sayısı'),
  define('sum(x)', 'sum(spend[today])', 1, 'that of x', 'Sum of x over all selected entities', 'Seçilenlerin toplamı'),
  define(
    'mean(x)',
    'mean(cpa[last_7d])',
    1,
    'that of x',
    'Mean of x over all selected entities, unweighted',
    'Seçilenlerin ortalaması',
  ),
  define(
    'rank(x)',
    'rank(roas[last_7d])',
    1,
    'number',
    'Rank by x: 1 is the highest, equal values share a rank',
    'Sıra: 1 en yüksek',
  ),
  define(
    'percentile(x)',
    'percentile(cpa[last_7d])',
    1,
    'percentage',
    'Share of the others whose x is lower: 100% is the highest, 0% the lowest',
    'Değeri daha düşük olanların payı',
  ),
  define(
    'forecast(metric, horizon)',
    'forecast(spend, this_month)',
    2,
    'that of the metric',
    'Forecast: `this_month` is the month’s total, `7d` the next seven days (90 at most)',
    'Tahmin: `this_month` ayın toplamı, `7d` önümüzdeki yedi gün',
  ),
  define(
    'expected(metric[window])',
    'expected(spend[today])',
    1,
    'that of the metric',
    'Expected value over the window',
    'Bu pencerede beklenen',
  ),
  define(
    'anomaly(metric[window])',
    'anomaly(cpc[today])',
    1,
    'number',
    'Distance from the expected value, in robust standard deviations, with its sign',
    'Beklenenden kaç sağlam standart sapma uzakta, işaretiyle',
  ),
]

export const AGGREGATES: readonly AggregateFunction[] = ['count', 'sum', 'mean', 'rank', 'percentile']

/** The names of all functions. `action` is not one: it is a metric. */
export const FUNCTIONS: readonly string[] = FUNCTION_DEFINITIONS.map(({ name }) => name)

export const findFunction = (name: string): FunctionDefinition | undefined =>
  FUNCTION_DEFINITIONS.find((definition) => definition.name === name)
