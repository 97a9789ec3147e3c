/** How the row with the sum of all others calls itself, where it does. */
const TOTALS = [
  /^(grand )?totals?$/,
  /^(genel )?toplam$/,
  /^results from [\d.,]+ .+$/,
  /^total (of|for) [\d.,]+ .+$/,
  /^[\d.,]+ .+ (için )?sonuçlar[ıi]?$/,
]

export const isTotalsName = (name: string): boolean => TOTALS.some((pattern) => pattern.test(name.trim().toLowerCase()))
