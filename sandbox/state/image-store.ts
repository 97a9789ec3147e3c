/** An account's images, identified by the hash of their bytes. The bytes themselves are not stored. */

import { createHash } from 'node:crypto'

import type { StateDatabase } from './database.js'
import type { ImageSize } from './image-size.js'

export interface Image extends ImageSize {
  readonly hash: string
  readonly name: string
  readonly bytes: number
  readonly createdTime: number
  readonly status: 'ACTIVE' | 'DELETED'
}

interface Row {
  hash: string
  name: string
  width: number
  height: number
  bytes: number
  created_time: number
  status: 'ACTIVE' | 'DELETED'
}

/** The host of image URLs. */
export const IMAGE_HOST = 'https://scontent.sandbox.example'

export const imageUrl = (hash: string): string => `${IMAGE_HOST}/images/${hash}`

export class ImageStore {
  constructor(
    private readonly database: StateDatabase,
    private readonly account: string,
  ) {}

  /** Adds an image. The same bytes are the same image; a deleted one becomes active again. */
  add(name: string, content: Buffer, size: ImageSize, at: number): Image {
    const hash = createHash('md5').update(content).digest('hex')
    this.database
      .prepare(
        `insert into images (account, hash, name, width, height, bytes, created_time, status)
         values (@account, @hash, @name, @width, @height, @bytes, @at, 'ACTIVE')
         on conflict (account, hash) do update set status = 'ACTIVE'`,
      )
      .run({ account: this.account, hash, name, width: size.width, height: size.height, bytes: content.length, at })
    return this.find(hash) as Image
  }

  find(hash: string): Image | null {
    const row = this.database.prepare('select * from images where account = ? and hash = ?').get(this.account, hash) as
      Row | undefined
    return row === undefined ? null : readRow(row)
  }

  /** Returns all images, newest first. */
  all(): Image[] {
    const rows = this.database
      .prepare('select * from images where account = ? order by created_time desc, hash')
      .all(this.account) as Row[]
    return rows.map(readRow)
  }

  delete(hash: string): void {
    this.database.prepare("update images set status = 'DELETED' where account = ? and hash = ?").run(this.account, hash)
  }
}

const readRow = ({ created_time: createdTime, ...row }: Row): Image => ({ ...row, createdTime })
