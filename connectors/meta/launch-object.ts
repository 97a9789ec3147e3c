/** What creating campaigns, ad sets, creatives and ads, and uploading their images and videos, asks of Meta and gets back. */

export type CreatableKind = 'campaign' | 'adset' | 'creative' | 'ad'

export type FieldValue = null | boolean | number | string | readonly FieldValue[] | { readonly [key: string]: FieldValue }

/**
 * Parameters of Meta's create and update calls, as Meta names them: money in whole minor units (`'50000'`), ids as text,
 * instants as ISO 8601 with an offset or UNIX seconds, what is nested as it is. Null is not sent.
 */
export type ObjectFields = Readonly<Record<string, FieldValue>>

export interface CreatedQuery {
  /** As it was sent, to the letter. */
  readonly name: string
  /** Id of the campaign that the ad set is in, or of the ad set that the ad is in; null for campaigns and creatives. */
  readonly parent: string | null
  /** Epoch milliseconds; objects that were created earlier are left out. Meta gives no time for a creative. */
  readonly createdAfter: number
}

export interface CreatedObject {
  readonly id: string
  /** Epoch milliseconds, to the second; null for a creative, of which Meta does not tell it. */
  readonly createdAt: number | null
}

export interface UploadedImage {
  /** What an ad's creative names the image by. The same bytes have the same hash. */
  readonly hash: string
}

export interface AccountImage extends UploadedImage {
  /** ACTIVE, INTERNAL, DELETED */
  readonly status: string
}

export interface MediaFile {
  /** With its ending; what Meta shows. */
  readonly name: string
  readonly bytes: Uint8Array
}

/** The bytes that Meta wants next: from `start` up to, not including, `end`. All are there once the two are the same. */
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
  /** Where in the file its first byte is. */
  readonly start: number
  readonly bytes: Uint8Array
}

export interface TransferredChunk extends WantedBytes {
  /** False where Meta did not take the bytes, as for those of another place, and says where to go on instead. */
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
