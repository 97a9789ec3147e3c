/** A bag shop whose card was declined this morning: its campaigns are active, but nothing is delivered. */

import { adset, campaign, client } from './compose.js'

export const CANTA = client(
  {
    number: 5,
    id: '2026000005',
    name: 'Çanta',
    company: 'Deri Dünyası Çanta Ltd. Şti.',
    website: 'canta.example',
    payment: { card: 'VISA *9034', refusedHoursBefore: 3 },
  },
  [
    campaign('deri', 'Satış | Deri çanta', [
      adset(
        'genis',
        'Geniş | Kadın 25-54',
        { daily: 2_200, cost: 186 },
        ['Deri | Video | El işçiliği', 'Deri | Karusel | Omuz'],
        {
          profile: { audience: 2_700_000 },
        },
      ),
      adset('benzer-2', 'Benzer %2 | Alışveriş yapanlar', { daily: 1_400, cost: 162 }, [
        'Benzer | Reels | Gün boyu',
        'Benzer | Statik | Siyah',
      ]),
    ]),
    campaign('sirt', 'Satış | Sırt çantası', [
      adset('ogrenci', 'Öğrenci | 18-26', { daily: 700, cost: 141 }, ['Sırt | Video | Kampüs', 'Sırt | Karusel | Renkler']),
    ]),
  ],
)
