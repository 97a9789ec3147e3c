/** A cosmetics shop with an ad that was rejected yesterday, and an account spending limit that is nearly reached. */

import { turkey } from '../delivery/scene.js'
import { adset, campaign, client } from './compose.js'

export const KOZMETIK = client(
  {
    number: 6,
    id: '2026000006',
    name: 'Kozmetik',
    company: 'Lavanta Kozmetik A.Ş.',
    website: 'kozmetik.example',
    payment: { card: 'TROY *4410', spendCap: { amount: 60_000_000, left: 1_450_000 } },
  },
  [
    campaign('serum', 'Satış | Cilt serumu', [
      adset(
        'serum-genis',
        'Geniş | Kadın 25-45',
        { daily: 2_000, cost: 97 },
        [
          'Serum | UGC | 14 gün',
          { name: 'Serum | Öncesi ve sonrası', history: [{ day: -1, hour: 11, set: { rejected: true } }] },
        ],
        { targeting: turkey(25, 45, [2]), profile: { audience: 3_100_000 } },
      ),
      adset('serum-benzer', 'Benzer %1 | Tekrar alanlar', { daily: 1_200, cost: 88 }, [
        'Serum | Reels | Rutin',
        'Serum | Karusel | Set',
      ]),
    ]),
    campaign('parfum', 'Satış | Parfüm', [
      adset('parfum-hediye', 'Hediye arayanlar', { daily: 900, cost: 126 }, ['Parfüm | Video', 'Parfüm | Hediye kutusu']),
    ]),
  ],
)
