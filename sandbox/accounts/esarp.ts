/**
 * A scarf shop that will spend less than planned this month: one audience is saturated, and one ad set stopped spending yesterday.
 */

import { turkey } from '../delivery/scene.js'
import { adset, campaign, client } from './compose.js'

export const ESARP = client(
  {
    number: 3,
    id: '2026000003',
    name: 'Eşarp',
    company: 'İpek Yolu Eşarp A.Ş.',
    website: 'esarp.example',
    payment: { card: 'VISA *1177' },
  },
  [
    campaign('ipek', 'Satış | İpek koleksiyon', [
      adset('lal-1', 'LAL %1', { daily: 2_400, cost: 104 }, ['LAL | Karusel | İpek', 'LAL | Reels | Bağlama stilleri'], {
        profile: { audience: 1_400_000 },
      }),
      adset(
        'genis-kadin',
        'Geniş | Kadın 25-55',
        { daily: 2_600, cost: 112 },
        ['Geniş | Video | Yeni sezon', 'Geniş | Statik | Şal'],
        {
          targeting: turkey(25, 55, [2]),
          profile: { audience: 3_900_000, mille: 6_100 },
        },
      ),
      adset(
        'ilgi-moda',
        'İlgi | Muhafazakâr moda',
        { daily: 1_500, cost: 118 },
        ['İlgi | Reels | Kombin', 'İlgi | Karusel | Renkler'],
        {
          targeting: turkey(20, 60, [2]),
          // The audience has been saturated since then.
          history: [{ day: -9, hour: 16, set: { targeting: turkey(20, 50, [2]) } }],
          profile: { clickTurn: { day: -8, factor: 0.55, ramp: 1 }, audience: 260_000 },
        },
      ),
      adset('lal-3', 'LAL %3', { daily: 600, cost: 121 }, ['LAL %3 | Video | Atölye', 'LAL %3 | Statik | Kargo bedava'], {
        // It is active, but has not delivered since somebody narrowed its targeting.
        history: [{ day: -2, hour: 22, set: { targeting: turkey(61, 65) } }],
        profile: { spendTurn: { day: -1, factor: 0, ramp: 1 } },
      }),
    ]),
    campaign('sepet', 'Satış | Sepeti terk edenler', [
      adset('sepet-7', 'Sepet | 7 gün', { daily: 900, cost: 84 }, ['Sepet | Katalog', 'Sepet | Son gün'], {
        profile: { audience: 60_000, mille: 12_400, linkRate: 0.024 },
      }),
    ]),
  ],
)
