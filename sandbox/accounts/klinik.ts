/** A dental clinic that pays for contacts on its website, with daily budgets so small that no ad set leaves the learning phase. */

import { turkey } from '../delivery/scene.js'
import { adset, campaign, client, CONTACTS, WHATSAPP_CHATS } from './compose.js'

export const KLINIK = client(
  {
    number: 11,
    id: '2026000011',
    name: 'Klinik',
    company: 'Beyaz Diş Polikliniği',
    website: 'klinik.example',
    payment: { card: 'MASTERCARD *3072' },
  },
  [
    campaign('implant', 'İletişim | İmplant', [
      adset('implant-40', 'İmplant | 40-65', { daily: 450, cost: 310 }, ['İmplant | Doktor anlatıyor', 'İmplant | Taksit'], {
        goal: CONTACTS,
        targeting: turkey(40, 65),
      }),
      adset('implant-ilgi', 'İmplant | İlgi', { daily: 350, cost: 340 }, ['İmplant | Video', 'İmplant | Soru cevap'], {
        goal: CONTACTS,
      }),
    ]),
    campaign('beyazlatma', 'Mesaj | Diş beyazlatma', [
      adset('beyaz-genc', 'Beyazlatma | 20-35', { daily: 400, cost: 88 }, ['Beyazlatma | Reels', 'Beyazlatma | Fiyat'], {
        goal: WHATSAPP_CHATS,
        targeting: turkey(20, 35),
      }),
    ]),
  ],
)
