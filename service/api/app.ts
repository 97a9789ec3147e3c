/** The API as one Hono app: its operations, its pages, and the headers and errors that all responses share. */

import { Hono } from 'hono'

import { StoreError, storeErrorOf } from '../../store/base/error.js'
import type { ApiContext } from './http/context.js'
import { openApiDocument } from './http/openapi.js'
import { type AnyOperation, honoPath } from './http/operation.js'
import { ProblemError, problemResponse } from './http/problem.js'
import { OPERATIONS } from './operations.js'
import { addDocsPage } from './pages/docs-page.js'
import { addPanel } from './pages/panel-files.js'
import { addOperations } from './router.js'
import { addSignIn } from './routes/sign-in.js'

/** @param operations all of the API's; tests pass others */
export function createApp(context: ApiContext, operations: readonly AnyOperation[] = OPERATIONS): Hono {
  const app = new Hono()
  app.use(async function protect(http, next) {
    await next()
    const { headers } = http.res
    headers.set('x-content-type-options', 'nosniff')
    headers.set('x-frame-options', 'DENY')
    headers.set('referrer-policy', 'no-referrer')
    headers.set('cross-origin-resource-policy', 'same-origin')
    if (!headers.has('content-security-policy'))
      headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  })
  addOperations(app, operations, context)
  const document = openApiDocument(operations)
  app.get('/openapi.json', (http) => http.json(document))
  addDocsPage(app)
  addSignIn(app, context)
  addPanel(app, context)

  const methods = methodsByPath(operations)
  app.notFound((http) => {
    const known = methods.find(({ pattern }) => pattern.test(http.req.path))
    if (known === undefined)
      return problemResponse(new ProblemError('not-found', 'There is nothing at this address.'), http.req.path)
    const allowed = known.methods.join(', ')
    const error = new ProblemError('method-not-allowed', `This address does not support ${http.req.method}, only ${allowed}.`, {
      headers: { allow: allowed },
    })
    return problemResponse(error, http.req.path)
  })
  app.onError((error, http) => problemResponse(problemOf(error, http.req.method, http.req.path, context), http.req.path))
  return app
}

function problemOf(error: unknown, method: string, path: string, { logError }: ApiContext): ProblemError {
  if (error instanceof ProblemError) {
    if (error.cause !== undefined) logError(`${method} ${path}: ${error.problem}: ${textOf(error.cause)}`)
    return error
  }
  logError(`${method} ${path}: ${textOf(error)}`)
  // Clients must not see the path of the store's file.
  const isOfStore = error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_')
  const fault = isOfStore ? storeErrorOf(error, 'the store') : error
  if (fault instanceof StoreError) {
    const again = { headers: { 'retry-after': fault.code === 'busy' ? '1' : '30' } }
    if (fault.code === 'busy') return new ProblemError('store-busy', 'Another process is writing to the store; try again.', again)
    return new ProblemError('store-unavailable', fault.message, again)
  }
  return new ProblemError('internal-error', 'An internal error in tetik; its log has the details.')
}

const textOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))

function methodsByPath(operations: readonly AnyOperation[]): { pattern: RegExp; methods: string[] }[] {
  const paths = new Map<string, string[]>()
  for (const { path, method } of operations) paths.set(path, [...(paths.get(path) ?? []), method.toUpperCase()])
  return [...paths]
    .map(([path, methods]) => ({ path: honoPath(path), methods }))
    .map(({ path, methods }) => ({
      pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}$`),
      methods,
    }))
}
