/** A JSON value in a request to Meta or a response. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

export type JsonObject = Readonly<Record<string, Json>>
