/** What a message says: a rule's own text with its values, and the sentences that tetik adds itself, in Turkish and English. */

import type { Expression } from '../expression/syntax.js'
import type { Facts } from '../facts/facts.js'
import type { StepName, TemplatePart } from '../rule/rule.js'
import { STEPS } from '../rule/steps/steps.js'
import { type Language, type TextOptions, valueText, type ValueWithUnit } from '../text/value-text.js'
import type { Value } from '../value/value.js'
import { eventPart, type EventPart, eventText } from './event-text.js'
import { textBody } from './whatsapp-text.js'

/** A piece of a rule's text: as written, or a value that the evaluation worked out. */
export type MessagePart =
  { readonly kind: 'text'; readonly text: string } | ({ readonly kind: 'value' } & ValueWithUnit) | EventPart

/** A piece of a text with the value of its expression. */
export function messagePart(part: TemplatePart, facts: Facts, read: (expression: Expression) => Value): MessagePart {
  if (part.kind === 'text') return part
  const { expression } = part
  const event = expression.kind === 'payload' ? eventPart(expression.path, facts) : null
  return event ?? { kind: 'value', value: read(expression), unit: expression.unit.kind }
}

export function partText(part: MessagePart, options: TextOptions): string {
  if (part.kind === 'text') return part.text
  return part.kind === 'event' ? eventText(part, options) : valueText(part, options)
}

/** The first words of a message that was sent before without an answer, and may have arrived then. */
export const mayBeRepeated = (text: string, language: Language): string =>
  `${language === 'tr' ? 'Tekrar olabilir' : 'May be a repeat'}: ${text}`

/** A rule's text in the recipient's language, within WhatsApp's limit. */
export const renderMessage = (parts: readonly MessagePart[], options: TextOptions): string =>
  textBody(parts.map((part) => partText(part, options)).join(''))

/** What tetik says of its own accord. `reason` and `error` are whole sentences. */
export type StandardMessage =
  | {
      readonly kind: 'refused'
      readonly rule: string
      readonly entity: string
      readonly action: StepName
      /** In the recipient's language (`reasonText`). */
      readonly reason: string
      /** How many more entities it was refused of at the same time; absent for none. */
      readonly others?: number
    }
  | {
      readonly kind: 'failed'
      readonly rule: string
      readonly entity: string
      readonly action: StepName
      readonly error: string
    }
  /** Nobody answered in time. */
  | { readonly kind: 'expired'; readonly rule: string; readonly entity: string }
  /** Approved, and not done all the same; `reason` as above. */
  | { readonly kind: 'outdated'; readonly rule: string; readonly entity: string; readonly reason: string }
  | { readonly kind: 'resolved'; readonly rule: string; readonly entity: string }
  | {
      readonly kind: 'rule-stopped'
      readonly rule: string
      readonly entity: string
      /** Whether the rule released its pause, left the entity paused, or had not paused it. */
      readonly pause: 'let-go' | 'left' | 'none'
    }
  /** A carry-out that was cancelled or terminated in Temporal, or lost with it: what it did remains. */
  | { readonly kind: 'ended-from-outside'; readonly rule: string; readonly entity: string }
  /** An event from outside that could not be judged, however often it was tried. `error` as above. */
  | { readonly kind: 'event-lost'; readonly account: string; readonly event: string; readonly error: string }
  /** An account's ticks stay away; `since` is the last one in the account's time, null for never. */
  | { readonly kind: 'ticks-missed'; readonly account: string; readonly since: string | null }
  /** Nothing looked at the account between these times of it, and nobody had stopped tetik. */
  | { readonly kind: 'was-absent'; readonly account: string; readonly from: string; readonly to: string }
  | { readonly kind: 'breaker'; readonly account: string; readonly failures: number }
  /** Somebody threw the stop switch. `waiting`: carry-outs that waited, and were ended by it. */
  | { readonly kind: 'stopped'; readonly accounts: string; readonly why: string; readonly waiting: number }
  /** Somebody wrote the stop word who may not stop anything; `sender` is as much of their number or user id as may be shown. */
  | { readonly kind: 'stop-not-heard'; readonly sender: string }
  /** To that person. */
  | { readonly kind: 'stop-refused' }

/** A sentence of tetik's own, within WhatsApp's limit. */
export const standardMessage = (message: StandardMessage, language: Language): string =>
  textBody(language === 'tr' ? inTurkish(message) : inEnglish(message))

function inEnglish(message: StandardMessage): string {
  switch (message.kind) {
    case 'refused':
      return message.others
        ? `${message.rule}: “${message.entity}” and ${message.others} more were left as they are (${STEPS[message.action].words.en} was refused). ${message.reason}`
        : `${message.rule}: “${message.entity}” was left as it is (${STEPS[message.action].words.en} was refused). ${message.reason}`
    case 'failed':
      return `${message.rule}: ${STEPS[message.action].words.en} failed for “${message.entity}”. ${message.error}`
    case 'expired':
      return `${message.rule}: nobody approved it in time, so nothing was done to “${message.entity}”.`
    case 'outdated':
      return `${message.rule}: the approval for “${message.entity}” was not applied. ${message.reason}`
    case 'resolved':
      return `Resolved: ${message.rule}, “${message.entity}”. The condition is no longer true.`
    case 'rule-stopped': {
      const pause = {
        'let-go': ' It released its pause.',
        left: ' What it paused stays paused.',
        none: '',
      }[message.pause]
      return `${message.rule} is stopped or gone, so it does nothing more for “${message.entity}”.${pause}`
    }
    case 'ended-from-outside':
      return `${message.rule}: its work on “${message.entity}” was ended from outside, in Temporal. What it had done remains, the rest was not done: please have a look.`
    case 'event-lost':
      return `${message.account}: the event ${message.event} was taken, but no rule could be evaluated for it, and it is not tried again. ${message.error}`
    case 'ticks-missed':
      return `${message.account}: tetik has not looked at the account ${message.since === null ? 'yet' : `since ${message.since}`}, so its rules do nothing. Look at Temporal’s schedules and run tetik doctor.`
    case 'was-absent':
      return `${message.account}: tetik did not run from ${message.from} to ${message.to}; no rule was evaluated in between. It runs again.`
    case 'breaker':
      return `${message.account}: ${message.failures} actions failed within an hour, so its rules are stopped until somebody lets them go on: tetik resume ${message.account}`
    case 'stop-not-heard':
      return `Somebody who may not stop any rule wrote the stop word on WhatsApp (${message.sender}). NOTHING WAS STOPPED. If it was you: write from the number in tetik.yaml, or run tetik stop.`
    case 'stop-refused':
      return 'Rules cannot be stopped from here. The account’s owner has been notified of your message.'
    case 'stopped': {
      const ended =
        message.waiting === 0
          ? ''
          : ` What waited has ended (${message.waiting}); what it paused stays paused, unless its rule lets go.`
      return `Stopped: the rules of ${message.accounts} (${message.why}). They change nothing until somebody lets them go on with tetik resume.${ended}`
    }
  }
}

function inTurkish(message: StandardMessage): string {
  switch (message.kind) {
    case 'refused':
      return message.others
        ? `${message.rule}: “${message.entity}” ve ${message.others} tane daha olduğu gibi bırakıldı (${STEPS[message.action].words.tr} reddedildi). ${message.reason}`
        : `${message.rule}: “${message.entity}” olduğu gibi bırakıldı (${STEPS[message.action].words.tr} reddedildi). ${message.reason}`
    case 'failed':
      return `${message.rule}: “${message.entity}” için ${STEPS[message.action].words.tr} başarısız oldu. ${message.error}`
    case 'expired':
      return `${message.rule}: süresinde onay gelmedi; “${message.entity}” için hiçbir şey yapılmadı.`
    case 'outdated':
      return `${message.rule}: “${message.entity}” için verilen onay uygulanmadı. ${message.reason}`
    case 'resolved':
      return `Çözüldü: ${message.rule}, “${message.entity}”. Koşul artık geçerli değil.`
    case 'rule-stopped': {
      const pause = {
        'let-go': ' Kendi duraklatmasını kaldırdı.',
        left: ' Duraklattığı, duraklatılmış kalıyor.',
        none: '',
      }[message.pause]
      return `${message.rule} durduruldu ya da kaldırıldı; “${message.entity}” için başka bir şey yapmayacak.${pause}`
    }
    case 'ended-from-outside':
      return `${message.rule}: “${message.entity}” için yürüttüğü iş dışarıdan, Temporal’da sona erdirildi. Yaptıkları olduğu gibi duruyor, kalanı yapılmadı: lütfen bakın.`
    case 'event-lost':
      return `${message.account}: ${message.event} olayı alındı ama onun için kurallar değerlendirilemedi ve yeniden denenmeyecek. ${message.error}`
    case 'ticks-missed':
      return `${message.account}: tetik ${message.since === null ? 'bu hesaba henüz bakmadı' : `bu hesaba en son ${message.since} saatinde baktı`}; kuralları çalışmıyor. Temporal’daki zamanlamalara bakın ve tetik doctor çalıştırın.`
    case 'was-absent':
      return `${message.account}: tetik ${message.from} ile ${message.to} arasında çalışmadı; bu sürede hiçbir kural değerlendirilmedi. Şimdi yeniden çalışıyor.`
    case 'breaker':
      return `${message.account}: bir saatte ${message.failures} işlem başarısız oldu; kurallar durduruldu ve biri sürdürene dek durur: tetik resume ${message.account}`
    case 'stop-not-heard':
      return `Durdurma yetkisi olmayan biri WhatsApp’tan durdurma sözcüğünü yazdı (${message.sender}). HİÇBİR ŞEY DURDURULMADI. Yazan sizseniz: tetik.yaml’daki numaradan yazın ya da tetik stop komutunu verin.`
    case 'stop-refused':
      return 'Buradan kural durdurulamıyor. Yazdığınızı hesabın sahibine ilettik.'
    case 'stopped': {
      const ended =
        message.waiting === 0
          ? ''
          : ` Bekleyen işler sona erdi (${message.waiting}); duraklattıkları, kuralı bırakmadıkça duraklatılmış kalır.`
      return `Durduruldu: ${message.accounts} kuralları (${message.why}). Biri tetik resume ile sürdürene dek hiçbir şeyi değiştirmezler.${ended}`
    }
  }
}
