/** A language school that pays for instant forms: one ad set has become far too expensive, and one never got a single form. */

import { turkey } from '../delivery/scene.js'
import { adset, campaign, client, FORMS } from './compose.js'

export const DIL_KURSU = client(
  {
    number: 2,
    id: '2026000002',
    name: 'Dil Kursu',
    company: 'Köprü Yabancı Dil Kursları Ltd. Şti.',
    website: 'dilkursu.example',
    payment: { card: 'MASTERCARD *8810' },
  },
  [
    campaign('form-yetiskin', 'Form | Yetişkin İngilizce', [
      // Its cost was fine until four days ago; it makes up almost half of the account's spend.
      adset('video-3-erkek', 'Video 3 | Erkek', { daily: 1_850, cost: 132 }, ['Video 3 | Mülakat', 'Video 3 | Terfi'], {
        goal: FORMS,
        targeting: turkey(22, 45, [1]),
        profile: { turn: { day: -4, factor: 4.5, ramp: 1 } },
      }),
      adset('video-1-kadin', 'Video 1 | Kadın', { daily: 900, cost: 118 }, ['Video 1 | Yeni başlayan', 'Video 1 | Sertifika'], {
        goal: FORMS,
        targeting: turkey(22, 45, [2]),
      }),
      adset(
        'benzer-form',
        'Benzer %1 | Form dolduranlar',
        { daily: 700, cost: 70 },
        ['Benzer | Öğrenci yorumu', 'Benzer | Ücretsiz seviye testi'],
        {
          goal: FORMS,
        },
      ),
      adset('ilgi-yurtdisi', 'İlgi | Yurt dışı eğitim', { daily: 800, cost: 176 }, ['Yurt dışı | IELTS', 'Yurt dışı | TOEFL'], {
        goal: FORMS,
        targeting: turkey(18, 30),
      }),
    ]),
    campaign('form-kurumsal', 'Form | Kurumsal', [
      adset(
        'kurumsal-is',
        'Kurumsal | İş İngilizcesi',
        { daily: 300, cost: 9_000_000 },
        ['Kurumsal | Ekip eğitimi', 'Kurumsal | Fiyat teklifi'],
        {
          goal: FORMS,
          targeting: turkey(30, 60),
        },
      ),
    ]),
  ],
)
