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

  test('says what is not known, or only in part', () => {
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

  test('fits, however long a name is', () => {
    expect(
      renderMessage([{ kind: 'value', value: 'x'.repeat(9000), unit: 'text' }], { language: 'tr', currency: null }),
    ).toHaveLength(TEXT_LIMIT)
  })
})

test('tetik’s own sentences are there in both languages', () => {
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
    'pause-expensive is stopped or gone, so it does nothing more for “Women 25-44”. What it paused stays paused.',
    'pause-expensive: its work on “Women 25-44” was ended from outside, in Temporal. What it had done remains, the rest was not done: please have a look.',
    'moda-tr: tetik has not looked at the account since 2026-03-10 09:00, so its rules do nothing. Look at Temporal’s schedules and run tetik doctor.',
    'moda-tr: tetik did not run from 2026-03-10 02:00 to 2026-03-10 06:30; no rule was evaluated in between. It runs again.',
    'moda-tr: the event order/1 was taken, but no rule could be evaluated for it, and it is not tried again. The disk is full.',
    'moda-tr: 5 actions failed within an hour, so its rules are stopped until somebody lets them go on: tetik resume moda-tr',
    'Stopped: the rules of moda-tr (WhatsApp: owner). They change nothing until somebody lets them go on with tetik resume. What waited has ended (2); what it paused stays paused, unless its rule lets go.',
  ])
  expect(messages.map((message) => standardMessage(message, 'tr'))).toEqual([
    'pause-expensive: “Women 25-44” olduğu gibi bırakıldı (duraklatma reddedildi). Because.',
    'pause-expensive: “Women 25-44” için bütçe değişikliği başarısız oldu. Meta said no.',
    'Çözüldü: pause-expensive, “Women 25-44”. Koşul artık geçerli değil.',
    'pause-expensive durduruldu ya da kaldırıldı; “Women 25-44” için başka bir şey yapmayacak. Duraklattığı, duraklatılmış kalıyor.',
    'pause-expensive: “Women 25-44” için yürüttüğü iş dışarıdan, Temporal’da sona erdirildi. Yaptıkları olduğu gibi duruyor, kalanı yapılmadı: lütfen bakın.',
    'moda-tr: tetik bu hesaba en son 2026-03-10 09:00 saatinde baktı; kuralları çalışmıyor. Temporal’daki zamanlamalara bakın ve tetik doctor çalıştırın.',
    'moda-tr: tetik 2026-03-10 02:00 ile 2026-03-10 06:30 arasında çalışmadı; bu sürede hiçbir kural değerlendirilmedi. Şimdi yeniden çalışıyor.',
    'moda-tr: order/1 olayı alındı ama onun için kurallar değerlendirilemedi ve yeniden denenmeyecek. The disk is full.',
    'moda-tr: bir saatte 5 işlem başarısız oldu; kurallar durduruldu ve biri sürdürene dek durur: tetik resume moda-tr',
    'Durduruldu: moda-tr kuralları (WhatsApp: owner). Biri tetik resume ile sürdürene dek hiçbir şeyi değiştirmezler. Bekleyen işler sona erdi (2); duraklattıkları, kuralı bırakmadıkça duraklatılmış kalır.',
  ])
})
