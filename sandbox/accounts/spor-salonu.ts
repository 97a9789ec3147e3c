/** A gym that pays for leads on its website: the ad set with most of them stopped spending two days ago. */

import { turkey } from '../delivery/scene.js'
import { adset, campaign, client, SITE_LEADS } from './compose.js'

export const SPOR_SALONU = client(
  {
    number: 9,
    id: '2026000009',
    name: 'Spor Salonu',
    company: 'Nefes Spor Merkezleri',
    website: 'sporsalonu.example',
    payment: { card: 'VISA *7345' },
  },
  [
    campaign('uyelik', 'Potansiyel müşteri | Üyelik', [
      adset('kadikoy', 'Kadıköy | 18-45', { daily: 1_100, cost: 92 }, ['Üyelik | Video | Salon turu', 'Üyelik | İlk ay bedava'], {
        goal: SITE_LEADS,
        targeting: turkey(18, 45),
        history: [{ day: -3, hour: 22, set: { targeting: turkey(44, 45) }, by: 'app' }],
        profile: { spendTurn: { day: -2, factor: 0, ramp: 1 }, audience: 240_000 },
      }),
      adset('besiktas', 'Beşiktaş | 18-45', { daily: 700, cost: 104 }, ['Beşiktaş | Video', 'Beşiktaş | Grup dersleri'], {
        goal: SITE_LEADS,
        targeting: turkey(18, 45),
        profile: { audience: 190_000 },
      }),
    ]),
    campaign('pilates', 'Potansiyel müşteri | Pilates', [
      adset('reformer', 'Reformer | Kadın', { daily: 500, cost: 81 }, ['Pilates | Video', 'Pilates | Deneme dersi'], {
        goal: SITE_LEADS,
        targeting: turkey(24, 55, [2]),
      }),
    ]),
  ],
)
