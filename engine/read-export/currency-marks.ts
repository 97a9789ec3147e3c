/** Currency codes and signs next to an amount, and the currencies that they may mean. */

/** Some signs, such as `kr`, `$` and `Rs`, are used by several countries. */
const MARKS: Readonly<Record<string, readonly string[]>> = {
  TL: ['TRY'],
  '₺': ['TRY'],
  '€': ['EUR'],
  '£': ['GBP', 'EGP'],
  'E£': ['EGP'],
  '₴': ['UAH'],
  '₹': ['INR'],
  '¥': ['JPY', 'CNY'],
  'CN¥': ['CNY'],
  'JP¥': ['JPY'],
  '₽': ['RUB'],
  '₩': ['KRW'],
  '₪': ['ILS'],
  '฿': ['THB'],
  '₫': ['VND'],
  đ: ['VND'],
  '₱': ['PHP'],
  '₦': ['NGN'],
  '৳': ['BDT'],
  '₲': ['PYG'],
  '₡': ['CRC'],
  Rp: ['IDR'],
  'Rp.': ['IDR'],
  RM: ['MYR'],
  Rs: ['INR', 'PKR'],
  'Rs.': ['INR', 'PKR'],
  R: ['ZAR'],
  zł: ['PLN'],
  Kč: ['CZK'],
  Ft: ['HUF'],
  kr: ['SEK', 'NOK', 'DKK', 'ISK'],
  'kr.': ['DKK', 'SEK', 'NOK', 'ISK'],
  lei: ['RON'],
  лв: ['BGN'],
  'лв.': ['BGN'],
  kn: ['HRK'],
  Fr: ['CHF'],
  'Fr.': ['CHF'],
  'S/': ['PEN'],
  'S/.': ['PEN'],
  Bs: ['BOB', 'VES', 'VEF'],
  'Bs.': ['BOB', 'VES', 'VEF'],
  Q: ['GTQ'],
  L: ['HNL'],
  KSh: ['KES'],
  QR: ['QAR'],
  SR: ['SAR'],
  'ر.س': ['SAR'],
  'د.إ': ['AED'],
  'ج.م': ['EGP'],
  'ر.ق': ['QAR'],
  $: ['USD', 'AUD', 'CAD', 'NZD', 'SGD', 'HKD', 'TWD', 'MXN', 'ARS', 'CLP', 'COP', 'UYU', 'BRL', 'MOP', 'NIO'],
  US$: ['USD'],
  R$: ['BRL'],
  A$: ['AUD'],
  AU$: ['AUD'],
  C$: ['CAD', 'NIO'],
  CA$: ['CAD'],
  NZ$: ['NZD'],
  S$: ['SGD'],
  SG$: ['SGD'],
  HK$: ['HKD'],
  NT$: ['TWD'],
  MX$: ['MXN'],
  AR$: ['ARS'],
  CL$: ['CLP'],
  CLP$: ['CLP'],
  CO$: ['COP'],
  COL$: ['COP'],
  $U: ['UYU'],
  MOP$: ['MOP'],
}

const escaped = (mark: string): string => mark.replace(/[$./]/g, '\\$&')

/** Longest first, so that `R$` is not read as `R`. */
const ANY = [
  ...Object.keys(MARKS)
    .sort((a, b) => b.length - a.length)
    .map(escaped),
  '[A-Z]{3}',
].join('|')
/** A letter next to a number must not be the beginning of a word: `5 R` and `5R` have signs, `5 Rubles` has none. */
const BEFORE = new RegExp(`^(?:${ANY})(?=[\\s\\u00a0\\u202f\\d.,-])[\\s\\u00a0\\u202f]*`)
const BEHIND = new RegExp(`(?<=[\\s\\u00a0\\u202f\\d.,])(?:${ANY})$`)

/** Returns the currencies that a code or sign may mean; null if it is neither. */
export const currenciesOfMark = (mark: string): readonly string[] | null =>
  MARKS[mark] ?? (/^[A-Z]{3}$/.test(mark) ? [mark] : null)

/** Splits an amount into the number and the currency code or sign next to it; `mark` is null if there is none. */
export function withoutMark(amount: string): { readonly bare: string; readonly mark: string | null } {
  const before = BEFORE.exec(amount)?.[0]
  if (before !== undefined) return { bare: amount.slice(before.length), mark: before.trim() }
  const behind = BEHIND.exec(amount)?.[0]
  if (behind !== undefined) return { bare: amount.slice(0, -behind.length).trimEnd(), mark: behind }
  return { bare: amount, mark: null }
}
