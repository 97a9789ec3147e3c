/** Options for facts that a `--data` file does not contain. */

import { isZone } from '../../engine/clock/zone.js'
import { didYouMean } from '../../engine/diagnostic/nearest.js'
import { METRICS } from '../../engine/metric/catalogue.js'
import { resultMeasure } from '../../engine/metric/result.js'
import { CURRENCIES, isCurrency } from '../../engine/value/currency.js'
import { OptionError } from '../base/option-error.js'

export interface DataOptions {
  readonly currency?: string | undefined
  readonly timezone?: string | undefined
  readonly result?: string | undefined
}

/** Returns the measure that `--result` names, or null if it is not given. @throws OptionError */
export function checkOptions({ currency, timezone, result }: DataOptions): string | null {
  if (currency !== undefined && !isCurrency(currency)) {
    throw new OptionError(
      withHint(`--currency ${currency} is not a currency that Meta uses`, didYouMean(currency.toUpperCase(), CURRENCIES)),
    )
  }
  if (timezone !== undefined && !isZone(timezone))
    throw new OptionError(`--timezone ${timezone} is not a known time zone; use a name such as Europe/Istanbul`)
  if (result === undefined) return null
  const measure = resultMeasure(result)
  const counts = METRICS.filter(({ unit, name }) => unit === 'count' && name !== 'results').map(({ name }) => name)
  if (measure === null) {
    throw new OptionError(withHint(`--result ${result} is not a metric that counts results`, didYouMean(result, counts)))
  }
  return measure
}

const withHint = (message: string, hint: string | undefined): string => (hint === undefined ? message : `${message}: ${hint}`)
