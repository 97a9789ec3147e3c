/**
 * How finely Meta counts each currency. The API's "offset" is the number of minor units in one unit of the currency, and is
 * not always ISO 4217's: HUF, IDR and TWD are counted whole. Source: Marketing API, "Currencies", as of v26.0.
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

/** The codes that Meta bills in. */
export const CURRENCIES: readonly string[] = [...UNITS.keys()].sort()

export const isCurrency = (code: string): boolean => UNITS.has(code)

/**
 * Minor units in one unit: 100 for TRY, 1 for JPY.
 *
 * @throws RangeError for what Meta does not bill in: what people write goes through `isCurrency` first.
 */
export function minorUnitsPer(currency: string): number {
  const units = UNITS.get(currency)
  if (units === undefined) throw new RangeError(`Meta bills no account in ${currency}`)
  return units
}

/** Whether the currency can hold the amount to its last digit: 120.50 TRY can, 120.50 JPY cannot. */
export function isExactIn(amount: number, currency: string): boolean {
  const minor = amount * minorUnitsPer(currency)
  return Math.abs(minor - Math.round(minor)) < 1e-6
}
