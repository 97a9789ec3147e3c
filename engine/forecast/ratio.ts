/** Forecasts ratios by their two parts: a forecast of CPA itself would weigh a day of two purchases like one of fifty. */

import type { ForecastPoint } from './forecast.js'

/** The widest band is a hundredth to a hundred times the mean: a denominator that may be zero would make it infinite. */
const WIDEST = Math.log(100)

/**
 * Returns numerator over denominator times `scale`; null if the denominator's mean is not above zero. The relative widths are
 * combined as if the errors were independent, which is too wide if the two move together.
 */
export function ratioOf(numerator: ForecastPoint, denominator: ForecastPoint, scale: number): ForecastPoint | null {
  if (!(denominator.mean > 0)) return null
  const mean = (numerator.mean / denominator.mean) * scale
  if (!(numerator.mean > 0)) return { mean, lo80: mean, hi80: mean, lo95: mean, hi95: mean }
  const width = (lo: 'lo80' | 'lo95', hi: 'hi80' | 'hi95'): number => {
    const share = (point: ForecastPoint): number => (point[hi] - point[lo]) / 2 / point.mean
    return Math.min(WIDEST, Math.hypot(share(numerator), share(denominator)))
  }
  const [of80, of95] = [Math.exp(width('lo80', 'hi80')), Math.exp(width('lo95', 'hi95'))]
  return { mean, lo80: mean / of80, hi80: mean * of80, lo95: mean / of95, hi95: mean * of95 }
}
