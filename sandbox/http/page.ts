/** A small page for people: the account, the phone with its messages, and the last requests. */

import { escaped } from '../base/escaped.js'
import { WHATSAPP } from '../base/identity.js'
import { offsetOf } from '../base/money.js'
import { spentUnder } from '../reading/node-types.js'
import type { LoggedRequest } from '../state/request-log.js'
import { effectiveStatus } from '../state/status.js'
import type { World } from '../world/world.js'
import type { GraphServer } from './answer.js'
import { personControls } from './person-controls.js'
import { STYLE } from './style.js'

type Language = 'tr' | 'en'

const WORDS = {
  tr: {
    title: 'tetik deneme ortamı',
    note: 'Burada hiçbir şey gerçek değil: hesap, para ve mesajlar bu makinede kalır.',
    campaign: 'Kampanya / reklam seti',
    status: 'Durum',
    budget: 'Günlük bütçe',
    spent: 'Bugünkü harcama',
    phone: 'Telefon',
    empty: 'Henüz mesaj yok.',
    write: 'Mesaj yaz…',
    send: 'Gönder',
    log: 'Son istekler',
    faults: 'Açık arızalar',
  },
  en: {
    title: 'tetik sandbox',
    note: 'Nothing here is real: the account, its money and its messages stay on this machine.',
    campaign: 'Campaign / ad set',
    status: 'Status',
    budget: 'Daily budget',
    spent: 'Spent today',
    phone: 'Phone',
    empty: 'No message yet.',
    write: 'Write a message…',
    send: 'Send',
    log: 'Last requests',
    faults: 'Faults switched on',
  },
} as const

/** @param accepted the browser's `Accept-Language`, which counts if the URL has no `?lang=` */
export const pageLanguage = (asked: string | undefined, accepted: string | undefined): Language =>
  asked === 'tr' || asked === 'en' ? asked : accepted?.toLowerCase().startsWith('tr') ? 'tr' : 'en'

export function page(server: GraphServer, language: Language): string {
  const words = WORDS[language]
  const faults = server.faults.list().map(({ name, fired }) => `${escaped(name)} (${fired})`)
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${words.title}</title><style>${STYLE}</style></head><body>
<header><h1>${words.title}</h1><p>${words.note} <a href="?lang=tr">tr</a> <a href="?lang=en">en</a></p></header>
<main><section>${server.worlds.all.map((world, index) => accountSection(world, index === 0, language)).join('')}
${faults.length > 0 ? `<p class="faults">${words.faults}: ${faults.join(', ')}</p>` : ''}
<h2>${words.log}</h2>${logTable(server.requests.list({ limit: 25 }).reverse())}</section>
<aside><h2>${words.phone} <small>${WHATSAPP.owner.phone}</small></h2>${chat(server, language)}
${personControls(server.phone, language)}</aside>
</main></body></html>`
}

/** @param open whether the section is expanded */
function accountSection(world: World, open: boolean, language: Language): string {
  const { name, id, currency } = world.account
  return `<details${open ? ' open' : ''}><summary><h2>${escaped(name)} <small>act_${id} · ${currency}</small></h2></summary>
${accountTable(world, language)}</details>`
}

function accountTable(world: World, language: Language): string {
  const words = WORDS[language]
  const now = world.now()
  const { calendar, account } = world
  const money = new Intl.NumberFormat(language, { style: 'currency', currency: account.currency })
  const major = (minor: number): string => money.format(minor / offsetOf(account.currency))
  const rows = world.objects.all('campaign').flatMap((campaign) => [campaign, ...world.objects.childrenOf(campaign.id)])
  const cells = rows.map((object) => {
    const status = effectiveStatus(world.objects, object, now)
    const budget = object.fields.daily_budget
    return `<tr class="${object.kind}"><td>${escaped(String(object.fields.name))}</td><td><span class="${status}">${status}</span></td>
<td>${typeof budget === 'number' ? major(budget) : ''}</td>
<td>${major(spentUnder(world, object, now, calendar.dayStart(calendar.dayAt(now))))}</td></tr>`
  })
  return `<table><tr><th>${words.campaign}<th>${words.status}<th>${words.budget}<th>${words.spent}</tr>${cells.join('')}</table>`
}

function chat(server: GraphServer, language: Language): string {
  const words = WORDS[language]
  const { calendar } = server.worlds.first
  const messages = server.phone.messages.list({ limit: 60 })
  const bubbles = messages.map(({ id, at, direction, person, content, status }) => {
    const buttons = (content.choices ?? []).map(
      (choice) => `<form method="post" action="/sandbox/inbound"><input type="hidden" name="from" value="+${person}">
<input type="hidden" name="reply_to" value="${escaped(id)}"><button name="button" value="${escaped(choice.id)}">${escaped(choice.title)}</button></form>`,
    )
    const time = calendar.instantText(at).slice(11, 16)
    return `<div class="bubble ${direction}">${content.header === undefined ? '' : `<b>${escaped(content.header)}</b>`}
<p>${escaped(content.text)}</p>${content.footer === undefined ? '' : `<small>${escaped(content.footer)}</small>`}
<small class="time">${direction === 'out' ? `${escaped(status)} · ` : ''}${time}</small>${buttons.join('')}</div>`
  })
  return `<div class="phone">${bubbles.join('') || `<p class="empty">${words.empty}</p>`}
<form class="write" method="post" action="/sandbox/inbound"><input name="text" required maxlength="4096" placeholder="${words.write}">
<button>${words.send}</button></form></div>`
}

function logTable(requests: readonly LoggedRequest[]): string {
  const cells = requests.map(({ time, method, path, status, error_code: code, fault, mutations, message }) => {
    const changes = mutations.map(({ field, before, after }) => `${field}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`)
    const did = [...changes, ...(message ? [`→ +${message.to}`] : []), ...(fault === null ? [] : [`⚡ ${fault}`])]
    return `<tr><td>${time.slice(11, 19)}</td><td>${method}</td><td>${escaped(path)}</td><td>${status}${code === null ? '' : ` (#${code})`}</td>
<td>${escaped(did.join('; '))}</td></tr>`
  })
  return `<table class="log">${cells.join('')}</table>`
}
