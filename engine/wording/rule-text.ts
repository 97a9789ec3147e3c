/** A whole rule as one paragraph: when it looks, at what, on which condition, what it does then, and what limits it. */

import { DAY, HOUR, MINUTE } from '../clock/zone.js'
import { SCOPE_WORDS } from '../metric/words.js'
import type { Cadence, Rule } from '../rule/rule.js'
import { durationText } from '../text/value-text.js'
import { conditionText } from './condition-text.js'
import { asSentence, quoted, type WordingOptions } from './parts/wording.js'
import { stepsText } from './step-text.js'

type WordedRule = Pick<
  Rule,
  'scope' | 'cadence' | 'where' | 'when' | 'holdFor' | 'then' | 'mode' | 'cooldown' | 'limit' | 'clear' | 'onStop'
>

export function ruleText(rule: WordedRule, options: Omit<WordingOptions, 'scope'>): string {
  const own: WordingOptions = { ...options, scope: rule.scope }
  const sentences = options.language === 'tr' ? inTurkish(rule, own) : inEnglish(rule, own)
  return sentences.map((sentence) => asSentence(sentence, options)).join(' ')
}

function inEnglish(rule: WordedRule, options: WordingOptions): readonly string[] {
  const { one, many } = SCOPE_WORDS[rule.scope].en
  const where = rule.where === null ? '' : ` of which this is true: ${conditionText(rule.where, options)}`
  const held = rule.holdFor === 0 ? '' : ` without a break for ${durationText(rule.holdFor, 'en')}`
  const steps = stepsText(rule.then, options)
  return [
    `${cadenceInEnglish(rule.cadence)}, this rule looks at ${many}${where}`,
    rule.when === null ? `It ${steps}` : `If ${conditionText(rule.when, options)}${held}, it ${steps}`,
    ...{ act: [], ask: ['Someone must approve it first'], observe: ['It only observes: it records what it would do'] }[rule.mode],
    ...(rule.cooldown === 0 ? [] : [`After that it leaves the same ${one} alone for ${durationText(rule.cooldown, 'en')}`]),
    ...(rule.limit === null ? [] : [`It acts at most ${rule.limit.count === 1 ? 'once' : `${rule.limit.count} times`} a day`]),
    ...(rule.clear === null ? [] : [`It acts again only after ${conditionText(rule.clear, options)}`]),
    ...(rule.onStop === 'start' ? ['If the rule is stopped, it starts again what it paused'] : []),
  ]
}

function inTurkish(rule: WordedRule, options: WordingOptions): readonly string[] {
  const { one, many } = SCOPE_WORDS[rule.scope].tr
  const to = { account: 'hesaba', group: 'gruplara', campaign: 'kampanyalara', adset: 'reklam setlerine', ad: 'reklamlara' }[
    rule.scope
  ]
  const where = rule.where === null ? '' : `; yalnızca şunlara: ${conditionText(rule.where, options)}`
  const held = rule.holdFor === 0 ? '' : ` (${durationText(rule.holdFor, 'tr')} boyunca kesintisiz)`
  const steps = stepsText(rule.then, options)
  return [
    `${cadenceInTurkish(rule.cadence)} ${many === 'hesaplar' ? 'hesaba' : to} bakar${where}`,
    ...(rule.when === null ? [] : [`Koşul${held}: ${conditionText(rule.when, options)}`]),
    rule.when === null ? steps : `Koşul sağlanınca ${steps}`,
    ...{ act: [], ask: ['Önce onay ister'], observe: ['İzleme modunda: ne yapacağını yalnızca kaydeder'] }[rule.mode],
    ...(rule.cooldown === 0 ? [] : [`Sonra aynı ${one} için ${durationText(rule.cooldown, 'tr')} bekler`]),
    ...(rule.limit === null ? [] : [`Günde en fazla ${rule.limit.count} kez çalışır`]),
    ...(rule.clear === null ? [] : [`Yeniden çalışması için önce şu gerekir: ${conditionText(rule.clear, options)}`]),
    ...(rule.onStop === 'start' ? ['Kural durdurulursa duraklattığını yeniden başlatır'] : []),
  ]
}

function cadenceInEnglish(cadence: Cadence): string {
  switch (cadence.kind) {
    case 'every':
      return cadence.interval === HOUR || cadence.interval === DAY || cadence.interval === MINUTE
        ? { [HOUR]: 'every hour', [DAY]: 'every day', [MINUTE]: 'every minute' }[cadence.interval]!
        : `every ${durationText(cadence.interval, 'en')}`
    case 'at':
      return `every day at ${cadence.times.join(' and ')}`
    case 'cron':
      return `on the schedule ${quoted(cadence.expression)}`
    case 'hook':
      return `when the event ${quoted(cadence.name)} arrives`
  }
}

function cadenceInTurkish(cadence: Cadence): string {
  switch (cadence.kind) {
    case 'every':
      return `her ${durationText(cadence.interval, 'tr').replace(/^1 /, '')}`.replace(/^her (\d.*)$/, 'her $1 içinde bir')
    case 'at':
      return `her gün saat ${cadence.times.join(' ve ')} olunca`
    case 'cron':
      return `${quoted(cadence.expression)} takvimiyle`
    case 'hook':
      return `${quoted(cadence.name)} olayı gelince`
  }
}
