/** One thing that a launch makes at Meta, as its create call takes it. */

import type { Json, JsonObject } from './json.js'

export type LaunchObjectKind = 'image' | 'video' | 'campaign' | 'adset' | 'creative' | 'ad'

export interface LaunchObject {
  /** `campaign`, `adset/women-25-44`, `creative/hero-video`, `ad/hero-video/women-25-44`, `video/media/hero.mp4`. */
  readonly key: string
  readonly kind: LaunchObjectKind
  /**
   * Meta's name, unique within the parent; the file's for media. A creative's ends with a hash of its content, so that one of
   * that name is that very creative.
   */
  readonly name: string
  /** Key of the object that it is made in (ad set → campaign, ad → ad set); null: the account. */
  readonly parent: string | null
  /**
   * Parameters of Meta's create call without `status`. Another object's id is written `{ $id: key }`, an image's hash
   * `{ $hash: key }`, for the address of a video's own thumbnail `{ $thumbnail: key }`. Media have only `sha256` of their bytes here.
   */
  readonly fields: JsonObject
  /** What was not in the file. */
  readonly filled: readonly FilledField[]
  /** Only for media. */
  readonly media?: LaunchMedia
}

export interface FilledField {
  /** As in `fields`, with dots: `targeting.targeting_automation.advantage_audience`. */
  readonly field: string
  readonly value: Json
  /** One sentence without a full stop. */
  readonly why: string
}

export interface MediaFile {
  /** Hex. */
  readonly sha256: string
  /** Size. */
  readonly bytes: number
}

export interface LaunchMedia extends MediaFile {
  /** As the spec has it: relative to the folder of its file. */
  readonly path: string
}
