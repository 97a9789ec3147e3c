/** Language, words and formats of a report's lines. */

import { shorten } from '../message/whatsapp-text.js'
import { findMetric } from '../metric/catalogue.js'
import type { Language, TextOptions } from '../text/value-text.js'
import { EN } from './words-en.js'
import { TR } from './words-tr.js'
import type { ReportWords } from './words.js'

export interface ReportStyle extends TextOptions {
  readonly words: ReportWords
  /** The account's. */
  readonly timezone: string
}

export const styleOf = (
  { currency, timezone }: { readonly currency: string | null; readonly timezone: string },
  language: Language,
): ReportStyle => ({ language, currency, timezone, words: language === 'tr' ? TR : EN })

/** Returns the report's short name for a metric, or else the catalogue's description. */
export const metricName = (metric: string, { language, words }: ReportStyle): string =>
  words.metrics[metric] ?? findMetric(metric)?.words[language].title ?? metric

const LONGEST_NAME = 60

/** Returns a name on one line, shortened to 60 characters. */
export const entityText = (name: string): string => shorten(name.replace(/\s+/g, ' ').trim(), LONGEST_NAME)

/** Formats a relative change: `+%12` in Turkish, `-5.3%` in English. From 10% on it has no decimals. */
export const changeText = (ratio: number, language: Language): string =>
  new Intl.NumberFormat(language === 'tr' ? 'tr-TR' : 'en-US', {
    style: 'percent',
    signDisplay: 'exceptZero',
    maximumFractionDigits: Math.abs(ratio) < 0.1 ? 1 : 0,
  }).format(ratio)
