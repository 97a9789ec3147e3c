/** A furniture maker that buys WhatsApp chats from a prepaid balance, which lasts about one more day. */

import { adset, campaign, client, WHATSAPP_CHATS } from './compose.js'

export const MOBILYA = client(
  {
    number: 4,
    id: '2026000004',
    name: 'Mobilya',
    company: 'Ceviz Mobilya San. ve Tic. A.Ş.',
    website: 'mobilya.example',
    payment: { prepaid: 315_000, funded: { day: -10, amount: 4_000_000 } },
  },
  [
    campaign('whatsapp', 'Mesaj | WhatsApp | Koltuk takımı', [
      adset(
        'istanbul',
        'İstanbul | 30-60',
        { daily: 1_900, cost: 58 },
        ['Koltuk | Video | Fabrika', 'Koltuk | Karusel | Kumaşlar'],
        {
          goal: WHATSAPP_CHATS,
        },
      ),
      adset(
        'yeni-evliler',
        'İlgi | Yeni evliler',
        { daily: 1_100, cost: 49 },
        ['Yeni ev | Video | Paket', 'Yeni ev | Statik | Taksit'],
        {
          goal: WHATSAPP_CHATS,
        },
      ),
    ]),
    campaign('yatak', 'Mesaj | WhatsApp | Yatak odası', [
      adset('ankara', 'Ankara ve çevresi', { daily: 800, cost: 66 }, ['Yatak odası | Video', 'Yatak odası | Katalog'], {
        goal: WHATSAPP_CHATS,
      }),
    ]),
  ],
)
