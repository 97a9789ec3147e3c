/** Amounts in a currency's smallest unit as Meta counts them: hundredths, or wholes where Meta's offset is 1. */

/** Currencies whose offset is 1 (Marketing API, "Currencies"). */
const WITHOUT_HUNDREDTHS = ['CLP', 'COP', 'CRC', 'HUF', 'ISK', 'IDR', 'JPY', 'KRW', 'PYG', 'TWD', 'VND']
const SIGNS: Readonly<Record<string, string>> = { TRY: '₺', EUR: '€', USD: '$', GBP: '£' }

/** Minor units in one unit of the currency: 100 or 1. */
export const offsetOf = (currency: string): 100 | 1 => (WITHOUT_HUNDREDTHS.includes(currency) ? 1 : 100)

/** An amount as insights write it, in the major unit: `47.23`, `300`. */
export function majorText(minor: number, currency: string): string {
  return String(Math.round(minor) / offsetOf(currency))
}

/** An amount as Meta's texts write it: `₺4200.00`, or with `grouped`, `₺4,200.00`. */
export function moneyText(minor: number, currency: string, grouped = false): string {
  const offset = offsetOf(currency)
  const digits = offset === 1 ? 0 : 2
  const amount = (minor / offset).toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: grouped,
  })
  return `${SIGNS[currency] ?? `${currency} `}${amount}`
}
