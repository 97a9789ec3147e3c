/** An object that a launch creates at Meta, with the parameters of its create call. */

import type { Json, JsonObject } from './json.js'

export type LaunchObjectKind = 'image' | 'video' | 'campaign' | 'adset' | 'creative' | 'ad'

export interface LaunchObject {
  /** `campaign`, `adset/women-25-44`, `creative/hero-video`, `ad/hero-video/women-25-44`, `video/media/hero.mp4`. */
  readonly key: string
  readonly kind: LaunchObjectKind
  /**
   * The name at Meta, unique within the parent; the file name for media. A creative's name ends with a hash of its content, so that
   * creatives with the same name are identical.
   */
  readonly name: string
  /** Key of the parent: the campaign of an ad set, the ad set of an ad; null if the parent is the account. */
  readonly parent: string | null
  /**
   * Parameters of Meta's create call without `status`. `{ $id: key }` refers to another object's id, `{ $hash: key }` to an image's
   * hash, `{ $thumbnail: key }` to the address of the thumbnail that Meta made from a video. Media have only the `sha256` of their bytes.
   */
  readonly fields: JsonObject
  /** Fields that are not in the file. */
  readonly filled: readonly FilledField[]
  /** Only for media. */
  readonly media?: LaunchMedia
}

export interface FilledField {
  /** Path in `fields`, with dots: `targeting.targeting_automation.advantage_audience`. */
  readonly field: string
  readonly value: Json
  /** One sentence without a full stop. */
  readonly why: string
}

export interface MediaFile {
  /** Of the bytes, hex. */
  readonly sha256: string
  /** Size in bytes. */
  readonly bytes: number
}

export interface LaunchMedia extends MediaFile {
  /** As written in the spec: relative to the folder of its file. */
  readonly path: string
}
