/** A jewellery shop that has just begun: it launched yesterday, is still learning, and has no earlier data to compare with. */

import type { SceneAdSet } from '../delivery/scene.js'
import { adset, campaign, client } from './compose.js'

const NEW = { born: [-1, 10] as const }
const ads = (name: string): SceneAdSet['ads'] => [`${name} | Video | Atölye`, `${name} | Karusel | Altın kaplama`]

export const TAKI = client(
  {
    number: 8,
    id: '2026000008',
    name: 'Takı',
    company: 'Işıl Takı Tasarım',
    website: 'taki.example',
    payment: { card: 'MASTERCARD *2298' },
  },
  [
    campaign(
      'lansman',
      'Lansman | Kış koleksiyonu',
      [
        adset('lansman-genis', 'Geniş | Kadın 20-45', { daily: 1_200, cost: 148 }, ads('Geniş'), NEW),
        adset('lansman-ilgi', 'İlgi | Hediye', { daily: 800, cost: 133 }, ads('Hediye'), NEW),
        adset('lansman-benzer', 'Benzer %1 | Takipçiler', { daily: 600, cost: 121 }, ads('Takipçi'), NEW),
      ],
      { born: [-1, 9] },
    ),
  ],
)
