/** Types for creating campaigns, ad sets, creatives and ads, and for uploading their images and videos. */

export type CreatableKind = 'campaign' | 'adset' | 'creative' | 'ad'

export type FieldValue = null | boolean | number | string | readonly FieldValue[] | { readonly [key: string]: FieldValue }

/**
 * Parameters of Meta's create and update calls, by Meta's names: money in whole minor units (`'50000'`), ids as text, instants as
 * ISO 8601 with an offset or as UNIX seconds, nested values as objects. Null is not sent.
 */
export type ObjectFields = Readonly<Record<string, FieldValue>>

export interface CreatedQuery {
  /** Exactly as it was sent. */
  readonly name: string
  /** Id of the ad set's campaign, or of the ad's ad set; null for campaigns and creatives. */
  readonly parent: string | null
  /** Epoch milliseconds; objects created earlier are left out. Without effect for creatives, for which Meta gives no time. */
  readonly createdAfter: number
}

export interface CreatedObject {
  readonly id: string
  /** Epoch milliseconds, to the second; null for a creative, for which Meta gives no time. */
  readonly createdAt: number | null
}

export interface UploadedImage {
  /** Identifies the image in an ad's creative. The same bytes have the same hash. */
  readonly hash: string
}

export interface AccountImage extends UploadedImage {
  /** ACTIVE, INTERNAL, DELETED */
  readonly status: string
}

export interface MediaFile {
  /** The file name with its extension, as Meta shows it. */
  readonly name: string
  readonly bytes: Uint8Array
}

/** The bytes that Meta expects next: from `start` up to but not including `end`. The upload is complete when both are equal. */
export interface WantedBytes {
  readonly start: number
  readonly end: number
}

export interface VideoUpload extends WantedBytes {
  readonly session: string
  readonly videoId: string
}

export interface VideoChunk {
  readonly session: string
  /** Offset of its first byte in the file. */
  readonly start: number
  readonly bytes: Uint8Array
}

export interface TransferredChunk extends WantedBytes {
  /** False if Meta did not accept the bytes, for example at a wrong offset; the offsets then say where to continue. */
  readonly taken: boolean
}

export interface VideoStatus {
  /** A video that is not ready cannot be in an ad; one in error never will be. */
  readonly status: 'processing' | 'ready' | 'error'
  /** Percent, if Meta reports it. */
  readonly progress: number | null
  /** Meta's message about what is wrong with the video. */
  readonly message: string | null
}
