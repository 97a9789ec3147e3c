/**
 * The people on WhatsApp, as Meta identifies them since 2026: by a phone number, which a person may hide behind a user name,
 * and by a business-scoped user id, which everybody has and which changes with the number.
 */

import { createHash } from 'node:crypto'

import { WHATSAPP } from '../base/identity.js'
import type { StateDatabase } from '../state/database.js'

export interface Person {
  /** Digits, without `+`. */
  readonly phone: string
  /** `TR.13491208655302741918` */
  readonly userId: string
  readonly name: string
  /** Null if the person has not chosen one. */
  readonly username: string | null
  /** A person who hides their number shows only their user id. */
  readonly isHidden: boolean
}

interface Row {
  phone: string
  user_id: string
  name: string
  username: string | null
  hidden: number
}

const COUNTRIES: readonly (readonly [code: string, country: string])[] = [
  ['90', 'TR'],
  ['49', 'DE'],
  ['44', 'GB'],
  ['1', 'US'],
]

export class People {
  constructor(private readonly database: StateDatabase) {}

  /** The person at a number; a new person gets a user id. */
  at(phone: string): Person {
    const row = this.database.prepare('select * from people where phone = ?').get(phone) as Row | undefined
    if (row !== undefined) return readRow(row)
    const isOwner = `+${phone}` === WHATSAPP.owner.phone
    const person: Row = {
      phone,
      user_id: userIdOf(phone, 0),
      name: isOwner ? WHATSAPP.owner.name : `+${phone}`,
      username: null,
      hidden: 0,
    }
    this.database
      .prepare('insert into people (phone, user_id, name, username, hidden) values (@phone, @user_id, @name, @username, @hidden)')
      .run(person)
    return readRow(person)
  }

  all(): Person[] {
    return (this.database.prepare('select * from people order by phone').all() as Row[]).map(readRow)
  }

  withUserId(userId: string): Person | undefined {
    const row = this.database.prepare('select * from people where user_id = ?').get(userId) as Row | undefined
    return row && readRow(row)
  }

  rename(phone: string, name: string): void {
    this.at(phone)
    this.database.prepare('update people set name = ? where phone = ?').run(name, phone)
  }

  /** Gives the person a user name, which hides their number, or removes it, which shows the number again. */
  hide(phone: string, isHidden: boolean): Person {
    const { name, username } = this.at(phone)
    const taken =
      username ??
      (name
        .normalize('NFKD')
        .replace(/[^A-Za-z]/g, '')
        .toLowerCase()
        .slice(0, 20) ||
        `user${phone.slice(-4)}`)
    this.database
      .prepare('update people set hidden = ?, username = ? where phone = ?')
      .run(isHidden ? 1 : 0, isHidden ? taken : null, phone)
    return this.at(phone)
  }

  /** Gives the person another user id, as a change of the number does. The previous id is never used again. */
  renewUserId(phone: string): { readonly previous: string; readonly person: Person } {
    const { userId: previous } = this.at(phone)
    for (let round = 1; ; round += 1) {
      const next = userIdOf(phone, round)
      if (next === previous || this.#wasGiven(next)) continue
      this.database.prepare('update people set user_id = ? where phone = ?').run(next, phone)
      this.database.prepare('insert or ignore into facts (key, value) values (?, ?)').run(`user-id:${previous}`, '"gone"')
      return { previous, person: this.at(phone) }
    }
  }

  #wasGiven(userId: string): boolean {
    return this.database.prepare('select 1 from facts where key = ?').get(`user-id:${userId}`) !== undefined
  }
}

const readRow = ({ phone, user_id: userId, name, username, hidden }: Row): Person => ({
  phone,
  userId,
  name,
  username,
  isHidden: hidden === 1,
})

/** The same number and round have the same id on every machine. */
function userIdOf(phone: string, round: number): string {
  const country = COUNTRIES.find(([code]) => phone.startsWith(code))?.[1] ?? 'TR'
  const digest = createHash('sha256').update(`${phone} ${round}`).digest('hex')
  return `${country}.${BigInt(`0x${digest}`).toString().slice(0, 20)}`
}

/** Returns the person as in `contacts[]` of a webhook. @param knowsNumber whether the business wrote to this number */
export const contactOf = (person: Person, knowsNumber = !person.isHidden): Record<string, unknown> => ({
  profile: { name: person.name, ...(person.username === null ? {} : { username: person.username }) },
  ...(knowsNumber ? { wa_id: person.phone } : {}),
  user_id: person.userId,
})
