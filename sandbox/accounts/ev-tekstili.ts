/** A home textiles shop that tidied up: ad sets, an ad and a campaign were deleted or archived, but their spend still counts. */

import { adset, campaign, client } from './compose.js'

export const EV_TEKSTILI = client(
  {
    number: 10,
    id: '2026000010',
    name: 'Ev Tekstili',
    company: 'Pamuk Ev Tekstili A.Ş.',
    website: 'evtekstili.example',
    payment: { card: 'VISA *5581' },
  },
  [
    campaign('nevresim', 'Satış | Nevresim', [
      adset('nevresim-genis', 'Geniş | 25-65', { daily: 1_700, cost: 143 }, [
        'Nevresim | Video | Pamuk',
        { name: 'Nevresim | Eski fiyat', history: [{ day: -5, hour: 12, set: { status: 'DELETED' } }] },
      ]),
      adset('nevresim-ilgi', 'İlgi | Ev dekorasyonu', { daily: 1_300, cost: 229 }, ['İlgi | Karusel', 'İlgi | Video'], {
        history: [{ day: -3, hour: 15, set: { status: 'DELETED' } }],
      }),
      adset('nevresim-benzer', 'Benzer %3', { daily: 900, cost: 201 }, ['Benzer | Statik', 'Benzer | Reels'], {
        history: [{ day: -6, hour: 10, set: { status: 'ARCHIVED' } }],
      }),
    ]),
    campaign(
      'havlu',
      'Satış | Havlu | Ekim kampanyası',
      [adset('havlu-genis', 'Havlu | Geniş', { daily: 800, cost: 137 }, ['Havlu | Video', 'Havlu | Set'])],
      { history: [{ day: -9, hour: 9, set: { status: 'ARCHIVED' }, by: 'app' }] },
    ),
    campaign('perde', 'Satış | Perde', [
      adset('perde-sepet', 'Sepet | 14 gün', { daily: 600, cost: 98 }, ['Perde | Katalog', 'Perde | Ölçüye göre']),
    ]),
  ],
)
