/** Words of what a result is: a metric of the catalogue, or one of Meta's action types. */

import { findMetric } from './catalogue.js'
import type { InBoth, MetricWords } from './words.js'

export type CountedWords = Pick<MetricWords, 'phrase' | 'one'>

const words = (phrase: string, one?: string): CountedWords => (one === undefined ? { phrase } : { phrase, one })

/** What results of Meta's own action types are called; anything else is a "result". */
const ACTION_WORDS: Readonly<Record<string, InBoth<CountedWords>>> = {
  'onsite_conversion.lead_grouped': findMetric('leads')!.words,
  like: { en: words('page likes', 'page like'), tr: words('sayfa beğenisi') },
  post_engagement: { en: words('post engagements', 'post engagement'), tr: words('gönderi etkileşimi') },
  rsvp: { en: words('event responses', 'event response'), tr: words('etkinlik yanıtı') },
}

const UNNAMED_ACTION: InBoth<CountedWords> = {
  en: words('conversions', 'conversion'),
  tr: words('dönüşüm'),
}

/** Words of a measure that counts something: a metric of the catalogue, or `action:…`. */
export const measureWords = (measure: string): InBoth<CountedWords> =>
  findMetric(measure)?.words ?? ACTION_WORDS[measure.replace(/^action:/, '')] ?? UNNAMED_ACTION
