/** A shoe shop whose budgets were raised twice: it will spend far more this month than its last month suggests. */

import { adset, campaign, client } from './compose.js'

export const AYAKKABI = client(
  {
    number: 7,
    id: '2026000007',
    name: 'Ayakkabı',
    company: 'Adım Ayakkabı Ltd. Şti.',
    website: 'ayakkabi.example',
    payment: { card: 'VISA *6620' },
  },
  [
    campaign(
      'bot',
      'Satış | Bot ve çizme (kampanya bütçesi)',
      [
        adset('bot-genis', 'Geniş | 18-65', { daily: null, cost: 168 }, ['Bot | Video | Yağmur', 'Bot | Karusel'], {
          profile: { weight: 3, audience: 4_100_000 },
        }),
        adset('bot-benzer', 'Benzer %1', { daily: null, cost: 149 }, ['Bot | Reels | Sokak', 'Bot | Statik | İndirim']),
      ],
      {
        dailyBudget: 300_000,
        history: [
          { day: -24, hour: 9, set: { daily_budget: 480_000 } },
          { day: -12, hour: 9, set: { daily_budget: 720_000 } },
        ],
      },
    ),
    campaign('spor', 'Satış | Spor ayakkabı', [
      adset('kosu', 'İlgi | Koşu', { daily: 900, cost: 158 }, ['Koşu | Video', 'Koşu | Karusel'], {
        history: [{ day: -12, hour: 9, set: { daily_budget: 160_000 } }],
      }),
    ]),
  ],
)
