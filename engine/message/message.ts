/** The texts of messages: a rule's own text with its values, and tetik's own messages, in Turkish and English. */

import type { Expression } from '../expression/syntax.js'
import type { Facts } from '../facts/facts.js'
import type { StepName, TemplatePart } from '../rule/rule.js'
import { STEPS } from '../rule/steps/steps.js'
import { type Language, type TextOptions, valueText, type ValueWithUnit } from '../text/value-text.js'
import type { Value } from '../value/value.js'
import { eventPart, type EventPart, eventText } from './event-text.js'
import { textBody } from './whatsapp-text.js'

/** A part of a rule's text: literal text, or a value that the evaluation computed. */
export type MessagePart =
  { readonly kind: 'text'; readonly text: string } | ({ readonly kind: 'value' } & ValueWithUnit) | EventPart

/** Returns a part of a text with the value of its expression. */
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

/** Marks a message that is sent again because the first call got no answer: the first one may have arrived. */
export const mayBeRepeated = (text: string, language: Language): string =>
  `${language === 'tr' ? 'Tekrar olabilir' : 'May be a repeat'}: ${text}`

/** Returns a rule's text in the recipient's language, shortened to WhatsApp's limit. */
export const renderMessage = (parts: readonly MessagePart[], options: TextOptions): string =>
  textBody(parts.map((part) => partText(part, options)).join(''))

/** A message that tetik sends by itself, not a rule's text. `reason` and `error` are complete sentences. */
export type StandardMessage =
  | {
      readonly kind: 'refused'
      readonly rule: string
      readonly entity: string
      readonly action: StepName
      /** In the recipient's language (`reasonText`). */
      readonly reason: string
      /** For how many more entities it was refused at the same time; absent if none. */
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
  /** Approved, but not done; `reason` as above. */
  | { readonly kind: 'outdated'; readonly rule: string; readonly entity: string; readonly reason: string }
  | { readonly kind: 'resolved'; readonly rule: string; readonly entity: string }
  | {
      readonly kind: 'rule-stopped'
      readonly rule: string
      readonly entity: string
      /** Whether the rule released its pause, left the entity paused, or had not paused it. */
      readonly pause: 'let-go' | 'left' | 'none'
    }
  /** A carry-out that was cancelled or terminated in Temporal, or lost with its database: what it did remains. */
  | { readonly kind: 'ended-from-outside'; readonly rule: string; readonly entity: string }
  /** An event whose rules could not be evaluated, even after all retries. `error` as above. */
  | { readonly kind: 'event-lost'; readonly account: string; readonly event: string; readonly error: string }
  /** An account's ticks do not happen; `since` is the last one, in the account's time zone, null if there was none. */
  | { readonly kind: 'ticks-missed'; readonly account: string; readonly since: string | null }
  /** No tick happened between these times (in the account's time zone), although nobody had stopped tetik. */
  | { readonly kind: 'was-absent'; readonly account: string; readonly from: string; readonly to: string }
  | { readonly kind: 'breaker'; readonly account: string; readonly failures: number }
  /** Somebody stopped the rules. `waiting`: the number of waiting carry-outs that this ended. */
  | { readonly kind: 'stopped'; readonly accounts: string; readonly why: string; readonly waiting: number }
  /** Somebody without permission to stop rules sent the stop word; `sender` is a masked part of their number or user id. */
  | { readonly kind: 'stop-not-heard'; readonly sender: string }
  /** The answer to that person. */
  | { readonly kind: 'stop-refused' }

/** Returns the text of one of tetik's own messages, shortened to WhatsApp's limit. */
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
      return `${message.rule} was stopped or removed, so it does nothing more for “${message.entity}”.${pause}`
    }
    case 'ended-from-outside':
      return `${message.rule}: its run for “${message.entity}” was ended in Temporal. What it had already done remains, the rest was not done: please check.`
    case 'event-lost':
      return `${message.account}: the event ${message.event} was received, but its rules could not be evaluated, and it will not be retried. ${message.error}`
    case 'ticks-missed':
      return `${message.account}: tetik has not checked the account ${message.since === null ? 'yet' : `since ${message.since}`}, so its rules are not running. Check Temporal’s schedules and run tetik doctor.`
    case 'was-absent':
      return `${message.account}: tetik was not running from ${message.from} to ${message.to}; no rule was evaluated in between. It is running again.`
    case 'breaker':
      return `${message.account}: ${message.failures} actions failed within an hour, so its rules were stopped. To resume them: tetik resume ${message.account}`
    case 'stop-not-heard':
      return `Somebody without permission to stop rules sent the stop word on WhatsApp (${message.sender}). NOTHING WAS STOPPED. If it was you: write from the number in tetik.yaml, or run tetik stop.`
    case 'stop-refused':
      return 'You have no permission to stop rules, so nothing was stopped. The account’s owner has been notified of your message.'
    case 'stopped': {
      const ended =
        message.waiting === 0
          ? ''
          : ` ${message.waiting} waiting ${message.waiting === 1 ? 'run' : 'runs'} ended; what they paused stays paused, except for rules with on_stop: start.`
      return `Stopped: the rules of ${message.accounts} (${message.why}). Nothing will be changed until someone resumes them with tetik resume.${ended}`
    }
  }
}

function inTurkish(message: StandardMessage): string {
  switch (message.kind) {
    case 'refused':
      return message.others
        ? `${message.rule}: “${message.entity}” ve ${message.others} öğe daha olduğu gibi bırakıldı (${STEPS[message.action].words.tr} reddedildi). ${message.reason}`
        : `${message.rule}: “${message.entity}” olduğu gibi bırakıldı (${STEPS[message.action].words.tr} reddedildi). ${message.reason}`
    case 'failed':
      return `${message.rule}: “${message.entity}” için ${STEPS[message.action].words.tr} başarısız oldu. ${message.error}`
    case 'expired':
      return `${message.rule}: süresi içinde onaylanmadı; “${message.entity}” için hiçbir şey yapılmadı.`
    case 'outdated':
      return `${message.rule}: “${message.entity}” için verilen onay uygulanmadı. ${message.reason}`
    case 'resolved':
      return `Çözüldü: ${message.rule}, “${message.entity}”. Koşul artık geçerli değil.`
    case 'rule-stopped': {
      const pause = {
        'let-go': ' Kendi duraklatmasını kaldırdı.',
        left: ' Duraklattıkları duraklatılmış kalacak.',
        none: '',
      }[message.pause]
      return `${message.rule} durduruldu ya da kaldırıldı; “${message.entity}” için başka bir şey yapmayacak.${pause}`
    }
    case 'ended-from-outside':
      return `${message.rule}: “${message.entity}” için başlattığı iş Temporal’da sonlandırıldı. Yapılan değişiklikler duruyor, kalanı yapılmadı: lütfen kontrol edin.`
    case 'event-lost':
      return `${message.account}: ${message.event} olayı alındı ama kuralları değerlendirilemedi; yeniden denenmeyecek. ${message.error}`
    case 'ticks-missed':
      return `${message.account}: tetik ${message.since === null ? 'bu hesabı henüz kontrol etmedi' : `bu hesabı en son ${message.since} itibarıyla kontrol etti`}; kurallar çalışmıyor. Temporal’daki zamanlamaları kontrol edin ve tetik doctor komutunu çalıştırın.`
    case 'was-absent':
      return `${message.account}: tetik ${message.from} ile ${message.to} arasında çalışmadı; bu sürede hiçbir kural değerlendirilmedi. Şimdi yeniden çalışıyor.`
    case 'breaker':
      return `${message.account}: bir saat içinde ${message.failures} işlem başarısız oldu; hesabın kuralları durduruldu. Yeniden başlatmak için: tetik resume ${message.account}`
    case 'stop-not-heard':
      return `Durdurma yetkisi olmayan biri WhatsApp’tan durdurma komutunu yazdı (${message.sender}). HİÇBİR ŞEY DURDURULMADI. Yazan sizseniz tetik.yaml’daki numaradan yazın ya da tetik stop komutunu çalıştırın.`
    case 'stop-refused':
      return 'Kuralları durdurma yetkiniz yok; hiçbir şey durdurulmadı. Mesajınız hesabın sahibine bildirildi.'
    case 'stopped': {
      const ended =
        message.waiting === 0
          ? ''
          : ` Bekleyen ${message.waiting} iş sonlandırıldı; duraklattıkları duraklatılmış kalır (on_stop: start yazan kurallar hariç).`
      return `${message.accounts} kuralları durduruldu (${message.why}). tetik resume ile yeniden başlatılana kadar hiçbir şey değiştirilmeyecek.${ended}`
    }
  }
}
