/**
 * The minor units that Meta uses for each currency. The API's "offset" is the number of minor units in one unit of the currency,
 * and does not always follow ISO 4217: HUF, IDR and TWD have none. Source: Marketing API, "Currencies", as of v26.0.
 */

const WHOLE = ['CLP', 'COP', 'CRC', 'HUF', 'ISK', 'IDR', 'JPY', 'KRW', 'PYG', 'TWD', 'VND']

const HUNDREDTHS = [
  'AED ARS AUD BDT BGN BHD BOB BRL CAD CHF CNY CZK DKK DZD EGP EUR FBZ GBP GTQ HKD HNL HRK ILS INR JOD KES LTL LVL MOP MXN',
  'MYR NGN NIO NOK NZD PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD SKK THB TRY UAH USD UYU VEF VES ZAR',
].flatMap((line) => line.split(' '))

const UNITS = new Map([
  ...WHOLE.map((currency) => [currency, 1] as const),
  ...HUNDREDTHS.map((currency) => [currency, 100] as const),
])

/** The currencies that Meta bills in. */
export const CURRENCIES: readonly string[] = [...UNITS.keys()].sort()

export const isCurrency = (code: string): boolean => UNITS.has(code)

/**
 * Returns the number of minor units in one unit: 100 for TRY, 1 for JPY.
 *
 * @throws RangeError for a currency that Meta does not bill in; check input from people with `isCurrency` first
 */
export function minorUnitsPer(currency: string): number {
  const units = UNITS.get(currency)
  if (units === undefined) throw new RangeError(`Meta does not bill in ${currency}`)
  return units
}

/** Whether the amount is a whole number of minor units: 120.50 TRY is, 120.50 JPY is not. */
export function isExactIn(amount: number, currency: string): boolean {
  const minor = amount * minorUnitsPer(currency)
  return Math.abs(minor - Math.round(minor)) < 1e-6
}
