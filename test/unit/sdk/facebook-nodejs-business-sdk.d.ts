/** The part of Meta's Node SDK that the tests use; it comes without types. */
declare module 'facebook-nodejs-business-sdk' {
  export class FacebookAdsApi {
    static init(token: string, locale?: string, crashLog?: boolean): FacebookAdsApi
    setShowHeader(flag: boolean): FacebookAdsApi
    call(method: string, path: readonly string[], params?: object): Promise<unknown>
  }
  export class FacebookRequestError extends Error {
    readonly status: number
    readonly response: { readonly code: number; readonly error_subcode?: number; readonly message: string }
  }
  export class Cursor extends Array<Node> {
    next(): Promise<Cursor>
    hasNext(): boolean
    readonly paging: unknown
    readonly summary: unknown
  }
  export class Node {
    static readonly Fields: Readonly<Record<string, string>>
    constructor(id?: string | null, data?: object, parent?: string, api?: FacebookAdsApi)
    readonly id: string
    readonly _data: Readonly<Record<string, unknown>>
    get(fields: readonly string[], params?: object): Promise<Node>
    read(fields: readonly string[], params?: object): Promise<Node>
    update(fields: readonly string[], params?: object): Promise<Node>
    getEdge(type: unknown, fields: readonly string[], params: object, fetch: boolean, endpoint: string): Promise<Cursor>
    getInsights(fields: readonly string[], params?: object): Promise<Cursor>
    getInsightsAsync(fields: readonly string[], params?: object): Promise<Node>
  }
  export class AdAccount extends Node {
    createCampaign(fields: readonly string[], params: object): Promise<Node>
    createAdSet(fields: readonly string[], params: object): Promise<Node>
    createAdCreative(fields: readonly string[], params: object): Promise<Node>
    createAd(fields: readonly string[], params: object): Promise<Node>
    createAdImage(fields: readonly string[], params: object): Promise<Node>
    getAds(fields: readonly string[], params?: object): Promise<Cursor>
    getAdImages(fields: readonly string[], params?: object): Promise<Cursor>
    getAdVideos(fields: readonly string[], params?: object): Promise<Cursor>
  }
  export class AdSet extends Node {
    static readonly OptimizationGoal: Readonly<Record<string, string>>
  }
  export class AdPromotedObject {
    static readonly CustomEventType: Readonly<Record<string, string>>
  }
  export class APIRequest {
    constructor(node: string, method: string, endpoint: string)
    addParams(params: object): APIRequest
    addFields(fields: readonly string[]): APIRequest
  }
  export class APIResponse {
    readonly body: unknown
    readonly headers: unknown
    readonly status: number
    readonly isSuccess: boolean
  }
  export class FacebookAdsApiBatch {
    constructor(api: FacebookAdsApi, succeeded?: (answer: APIResponse) => void, failed?: (answer: APIResponse) => void)
    add(method: string, path: string | readonly string[], params?: object): { name?: string | undefined }
    addRequest(
      request: APIRequest,
      succeeded?: (answer: APIResponse) => void,
      failed?: (answer: APIResponse) => void,
    ): { name?: string | undefined }
    execute(): Promise<FacebookAdsApiBatch | null>
  }
  const sdk: {
    readonly FacebookAdsApi: typeof FacebookAdsApi
    readonly FacebookAdsApiBatch: typeof FacebookAdsApiBatch
    readonly APIRequest: typeof APIRequest
    readonly AdAccount: typeof AdAccount
  } & Readonly<Record<string, typeof Node>>
  export default sdk
}
