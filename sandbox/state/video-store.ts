/** An account's videos. Their bytes are stored until the upload is finished, and then only their hash. */

import { createHash } from 'node:crypto'

import type { StateDatabase } from './database.js'
import { newId } from './new-id.js'

export interface Video {
  readonly id: string
  readonly session: string
  readonly title: string
  /** The announced and the received number of bytes. */
  readonly size: number
  readonly received: number
  readonly createdTime: number
  /** When the upload was finished; null until then. */
  readonly finishedTime: number | null
  /** The hash of all bytes; null until the upload is finished. */
  readonly md5: string | null
  /** What is wrong with the file; null if it is valid. */
  readonly fault: string | null
}

interface Row {
  id: string
  session: string
  title: string
  size: number
  received: number
  created_time: number
  finished_time: number | null
  md5: string | null
  fault: string | null
}

export class VideoStore {
  constructor(
    private readonly database: StateDatabase,
    private readonly account: string,
  ) {}

  start(size: number, at: number): Video {
    const id = newId(this.database)
    const session = newId(this.database)
    this.database
      .prepare("insert into videos (id, account, session, title, size, received, created_time) values (?, ?, ?, '', ?, 0, ?)")
      .run(id, this.account, session, size, at)
    return this.find(id) as Video
  }

  find(id: string): Video | null {
    return this.#read('select * from videos where account = ? and id = ?', id)
  }

  ofSession(session: string): Video | null {
    return this.#read('select * from videos where account = ? and session = ?', session)
  }

  /** Returns videos whose upload is finished, newest first. */
  all(): Video[] {
    const rows = this.database
      .prepare('select * from videos where account = ? and finished_time is not null order by id desc')
      .all(this.account) as Row[]
    return rows.map(readRow)
  }

  /** Appends the next bytes. */
  append(video: Video, bytes: Buffer): Video {
    this.database.transaction(() => {
      this.database
        .prepare('insert into video_chunks (video, start, bytes) values (?, ?, ?)')
        .run(video.id, video.received, bytes)
      this.database.prepare('update videos set received = received + ? where id = ?').run(bytes.length, video.id)
    })()
    return this.find(video.id) as Video
  }

  finish(video: Video, title: string, at: number): Video {
    const hash = createHash('md5')
    let head = Buffer.alloc(0)
    const chunks = this.database.prepare('select bytes from video_chunks where video = ? order by start').iterate(video.id)
    for (const { bytes } of chunks as IterableIterator<{ bytes: Buffer }>) {
      hash.update(bytes)
      if (head.length < SNIFFED) head = Buffer.concat([head, bytes.subarray(0, SNIFFED)])
    }
    this.database.transaction(() => {
      this.database
        .prepare('update videos set title = ?, finished_time = ?, md5 = ?, fault = ? where id = ?')
        .run(title, at, hash.digest('hex'), faultOf(head.subarray(0, SNIFFED)), video.id)
      this.database.prepare('delete from video_chunks where video = ?').run(video.id)
    })()
    return this.find(video.id) as Video
  }

  delete(id: string): void {
    this.database.prepare('delete from videos where id = ?').run(id)
  }

  #read(query: string, key: string): Video | null {
    const row = this.database.prepare(query).get(this.account, key) as Row | undefined
    return row === undefined ? null : readRow(row)
  }
}

const readRow = ({ created_time: createdTime, finished_time: finishedTime, ...row }: Row): Video => ({
  ...row,
  createdTime,
  finishedTime,
})

const SNIFFED = 512

/** Text, such as an error page saved as a video, is not a video. The bytes are not examined any further. */
function faultOf(head: Buffer): string | null {
  if (head.length === 0) return 'The video file you selected is empty.'
  const isText = head.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d) && !head.includes(0xff)
  return isText ? 'The video file you selected is in a format that we don\u2019t support.' : null
}
