import { describe, expect, test } from 'vitest'

import { AtLeast, Unknown } from '../value/value.js'
import { renderMessage, standardMessage, type StandardMessage } from './message.js'
import { TEXT_LIMIT } from './whatsapp-text.js'

describe('a rule’s text', () => {
  const parts = [
    { kind: 'value', value: 'Women 25-44', unit: 'text' },
    { kind: 'text', text: ' paused: CPA ' },
    { kind: 'value', value: 33333.3333, unit: 'money' },
  ] as const

  test('has its values in the recipient’s language', () => {
    expect(renderMessage(parts, { language: 'tr', currency: 'TRY' })).toBe('Women 25-44 paused: CPA ₺333,33')
    expect(renderMessage(parts, { language: 'en', currency: 'USD' })).toBe('Women 25-44 paused: CPA $333.33')
  })

  test('says "unknown" or "at least" for values that are not fully known', () => {
    const cost = (value: AtLeast | Unknown) =>
      renderMessage(
        [
          { kind: 'text', text: 'CPA ' },
          { kind: 'value', value, unit: 'money' },
        ],
        { language: 'tr', currency: 'TRY' },
      )
    expect(cost(new AtLeast(6000))).toBe('CPA en az ₺60,00')
    expect(cost(new Unknown('no rows'))).toBe('CPA bilinmiyor')
  })

  test('is shortened to the limit, however long a name is', () => {
    expect(
      renderMessage([{ kind: 'value', value: 'x'.repeat(9000), unit: 'text' }], { language: 'tr', currency: null }),
    ).toHaveLength(TEXT_LIMIT)
  })
})

test('tetik’s own messages exist in both languages', () => {
  const about = { rule: 'pause-expensive', entity: 'Women 25-44' }
  const messages: StandardMessage[] = [
    { kind: 'refused', ...about, action: 'pause', reason: 'Because.' },
    { kind: 'failed', ...about, action: 'budget', error: 'Meta said no.' },
    { kind: 'resolved', ...about },
    { kind: 'rule-stopped', ...about, pause: 'left' },
    { kind: 'ended-from-outside', ...about },
    { kind: 'ticks-missed', account: 'moda-tr', since: '2026-03-10 09:00' },
    { kind: 'was-absent', account: 'moda-tr', from: '2026-03-10 02:00', to: '2026-03-10 06:30' },
    { kind: 'event-lost', account: 'moda-tr', event: 'order/1', error: 'The disk is full.' },
    { kind: 'breaker', account: 'moda-tr', failures: 5 },
    { kind: 'stopped', accounts: 'moda-tr', why: 'WhatsApp: owner', waiting: 2 },
  ]
  expect(messages.map((message) => standardMessage(message, 'en'))).toEqual([
    'pause-expensive: “Women 25-44” was left as it is (pausing was refused). Because.',
    'pause-expensive: changing the budget failed for “Women 25-44”. Meta said no.',
    'Resolved: pause-expensive, “Women 25-44”. The condition is no longer true.',
    'pause-expensive was stopped or removed, so it does nothing more for “Women 25-44”. What it paused stays paused.',
    'pause-expensive: its run for “Women 25-44” was ended in Temporal. What it had already done remains, the rest was not done: please check.',
    'moda-tr: tetik has not checked the account since 2026-03-10 09:00, so its rules are not running. Check Temporal’s schedules and run tetik doctor.',
    'moda-tr: tetik was not running from 2026-03-10 02:00 to 2026-03-10 06:30; no rule was evaluated in between. It is running again.',
    'moda-tr: the event order/1 was received, but its rules could not be evaluated, and it will not be retried. The disk is full.',
    'moda-tr: 5 actions failed within an hour, so its rules were stopped. To resume them: tetik resume moda-tr',
    'Stopped: the rules of moda-tr (WhatsApp: owner). Nothing will be changed until someone resumes them with tetik resume. 2 waiting runs ended; what they paused stays paused, except for rules with on_stop: start.',
  ])
  expect(messages.map((message) => standardMessage(message, 'tr'))).toEqual([
    'pause-expensive: “Women 25-44” olduğu gibi bırakıldı (duraklatma reddedildi). Because.',
    'pause-expensive: “Women 25-44” için bütçe değişikliği başarısız oldu. Meta said no.',
    'Çözüldü: pause-expensive, “Women 25-44”. Koşul artık geçerli değil.',
    'pause-expensive durduruldu ya da kaldırıldı; “Women 25-44” için başka bir şey yapmayacak. Duraklattıkları duraklatılmış kalacak.',
    'pause-expensive: “Women 25-44” için başlattığı iş Temporal’da sonlandırıldı. Yapılan değişiklikler duruyor, kalanı yapılmadı: lütfen kontrol edin.',
    'moda-tr: tetik bu hesabı en son 2026-03-10 09:00 itibarıyla kontrol etti; kurallar çalışmıyor. Temporal’daki zamanlamaları kontrol edin ve tetik doctor komutunu çalıştırın.',
    'moda-tr: tetik 2026-03-10 02:00 ile 2026-03-10 06:30 arasında çalışmadı; bu sürede hiçbir kural değerlendirilmedi. Şimdi yeniden çalışıyor.',
    'moda-tr: order/1 olayı alındı ama kuralları değerlendirilemedi; yeniden denenmeyecek. The disk is full.',
    'moda-tr: bir saat içinde 5 işlem başarısız oldu; hesabın kuralları durduruldu. Yeniden başlatmak için: tetik resume moda-tr',
    'moda-tr kuralları durduruldu (WhatsApp: owner). tetik resume ile yeniden başlatılana kadar hiçbir şey değiştirilmeyecek. Bekleyen 2 iş sonlandırıldı; duraklattıkları duraklatılmış kalır (on_stop: start yazan kurallar hariç).',
  ])
})
