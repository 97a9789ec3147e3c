/** The controls below the phone on the page: hiding the owner's number, and changing their user id. */

import { escaped } from '../base/escaped.js'
import { WHATSAPP } from '../base/identity.js'
import type { Phone } from '../whatsapp/phone.js'

const WORDS = {
  tr: { hide: 'Numarayı gizle', show: 'Numarayı göster', renew: 'Kullanıcı kimliğini değiştir', id: 'Kullanıcı kimliği' },
  en: { hide: 'Hide the number', show: 'Show the number', renew: 'Change the user id', id: 'User id' },
} as const

export function personControls(phone: Phone, language: 'tr' | 'en'): string {
  const words = WORDS[language]
  const { userId, username, isHidden } = phone.people.at(WHATSAPP.owner.phone.slice(1))
  const button = (name: string, value: string, label: string) =>
    `<form method="post" action="/sandbox/person"><button name="${name}" value="${value}">${label}</button></form>`
  return `<div class="person"><small>${words.id}: ${escaped(userId)}${username === null ? '' : ` · @${escaped(username)}`}</small>
${button('hidden', String(!isHidden), isHidden ? words.show : words.hide)}${button('user_id', 'renew', words.renew)}</div>`
}
