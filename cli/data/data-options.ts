/** Options that say what a `--data` file does not. */

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

/** The measure that `--result` names, or null where it is not given. @throws OptionError */
export function checkOptions({ currency, timezone, result }: DataOptions): string | null {
  if (currency !== undefined && !isCurrency(currency)) {
    throw new OptionError(
      withHint(`--currency ${currency} is no currency of Meta's`, didYouMean(currency.toUpperCase(), CURRENCIES)),
    )
  }
  if (timezone !== undefined && !isZone(timezone))
    throw new OptionError(`--timezone ${timezone} is not known; it is a name such as Europe/Istanbul`)
  if (result === undefined) return null
  const measure = resultMeasure(result)
  const counts = METRICS.filter(({ unit, name }) => unit === 'count' && name !== 'results').map(({ name }) => name)
  if (measure === null) {
    throw new OptionError(withHint(`--result ${result} is nothing that results are counted in`, didYouMean(result, counts)))
  }
  return measure
}

const withHint = (message: string, hint: string | undefined): string => (hint === undefined ? message : `${message}: ${hint}`)
