/** Messages in both directions, as they are kept. */

import type { StateDatabase } from '../state/database.js'
import type { Content } from './content.js'

export type MessageStatus = 'accepted' | 'sent' | 'delivered' | 'read' | 'failed' | 'received'

export interface Message {
  readonly id: string
  readonly at: number
  readonly direction: 'out' | 'in'
  /** The person's number without `+`: the recipient of an outgoing message, the sender of an incoming one. */
  readonly person: string
  readonly type: string
  readonly content: Content
  readonly status: MessageStatus
  readonly errorCode: number | null
  /** Id of the message it answers. */
  readonly context: string | null
  /** `biz_opaque_callback_data` */
  readonly opaque: string | null
}

interface Row {
  id: string
  at: number
  direction: 'out' | 'in'
  person: string
  type: string
  content: string
  status: MessageStatus
  error_code: number | null
  context: string | null
  opaque: string | null
}

const ORDER: readonly MessageStatus[] = ['accepted', 'sent', 'delivered', 'read', 'failed']

export class MessageStore {
  constructor(private readonly database: StateDatabase) {}

  add(message: Message): void {
    this.database
      .prepare(
        `insert into messages (id, sequence, at, direction, person, type, content, text, status, error_code, context, opaque)
         values (@id, (select coalesce(max(sequence), 0) + 1 from messages), @at, @direction, @person, @type, @content, @text, @status,
         @errorCode, @context, @opaque)`,
      )
      .run({ ...message, content: JSON.stringify(message.content), text: message.content.text })
  }

  find(id: string): Message | undefined {
    const row = this.database.prepare('select * from messages where id = ?').get(id) as Row | undefined
    return row && readRow(row)
  }

  /** Moves the status forwards only: a late `delivered` does not replace `read`. */
  advance(id: string, status: MessageStatus, errorCode: number | null = null): void {
    const message = this.find(id)
    if (!message || ORDER.indexOf(status) <= ORDER.indexOf(message.status)) return
    this.database.prepare('update messages set status = ?, error_code = ? where id = ?').run(status, errorCode, id)
  }

  /** When the person last wrote to us; null if never. */
  lastInbound(person: string): number | null {
    const row = this.database.prepare("select max(at) as at from messages where person = ? and direction = 'in'").get(person) as {
      at: number | null
    }
    return row.at
  }

  /** Returns messages, oldest first. */
  list(filter: {
    person?: string | undefined
    direction?: string | undefined
    sinceMs?: number | undefined
    limit?: number
  }): Message[] {
    const rows = this.database
      .prepare(
        `select * from messages where (@person is null or person = @person) and (@direction is null or direction = @direction)
         and at >= @since order by sequence desc limit @limit`,
      )
      .all({
        person: filter.person ?? null,
        direction: filter.direction ?? null,
        since: filter.sinceMs ?? 0,
        limit: filter.limit ?? 1000,
      }) as Row[]
    return rows.reverse().map(readRow)
  }
}

const readRow = (row: Row): Message => ({
  id: row.id,
  at: row.at,
  direction: row.direction,
  person: row.person,
  type: row.type,
  content: JSON.parse(row.content) as Content,
  status: row.status,
  errorCode: row.error_code,
  context: row.context,
  opaque: row.opaque,
})
