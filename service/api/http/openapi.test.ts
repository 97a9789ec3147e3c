import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'

import { testApi } from '../../../test/support/api.js'
import { OPERATIONS } from '../operations.js'
import { PROBLEMS } from '../shapes/problem.js'
import { openApiDocument } from './openapi.js'

interface Document {
  paths: Record<
    string,
    Record<string, { operationId: string; responses: Record<string, unknown>; parameters: { name: string }[] }>
  >
  components: { schemas: Record<string, unknown> }
}

test('the document is valid OpenAPI 3.1', async () => {
  const { app } = await testApi()
  const document = (await (await app.request('/openapi.json')).json()) as Record<string, unknown>
  const validator = new Validator()
  const result = await validator.validate(document)
  expect(result.errors ?? []).toEqual([])
  expect(validator.version).toBe('3.1')
})

test('the document has every operation, each with a unique id', () => {
  const document = openApiDocument(OPERATIONS) as unknown as Document
  const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => `${operationId} ${method} ${path}`),
  )
  expect(documented.sort()).toEqual(OPERATIONS.map(({ id, method, path }) => `${id} ${method} ${path}`).sort())
  expect(new Set(OPERATIONS.map(({ id }) => id)).size).toBe(OPERATIONS.length)
})

test('every route is an operation or a page', async () => {
  const { app } = await testApi()
  const pages = [
    '/openapi.json',
    '/docs',
    '/docs/start.js',
    '/docs/swagger-ui.css',
    '/docs/swagger-ui-bundle.js',
    '/sign-in',
    '/sign-out',
    '/',
  ]
  const served = app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`)
  const operations = OPERATIONS.map(({ method, path }) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`)
  expect([...new Set(served)].sort()).toEqual([...operations, ...pages.map((path) => `GET ${path}`)].sort())
})

test('every reference points to a schema, and every schema is used', () => {
  const document = openApiDocument(OPERATIONS) as unknown as Document
  const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name)
  expect([...new Set(references)].sort()).toEqual(Object.keys(document.components.schemas).sort())
})

test('every parameter in a path is declared by its operation', () => {
  const document = openApiDocument(OPERATIONS) as unknown as Document
  for (const [path, methods] of Object.entries(document.paths)) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    for (const { parameters } of Object.values(methods))
      expect(parameters.map(({ name }) => name)).toEqual(expect.arrayContaining(inPath))
  }
})

test('titles and statuses of problems do not change', () => {
  expect(Object.entries(PROBLEMS).map(([name, { status }]) => `${status} ${name}`)).toMatchInlineSnapshot(`
    [
      "400 invalid-request",
      "400 invalid-json",
      "400 idempotency-key-missing",
      "401 unauthorized",
      "403 forbidden",
      "404 not-found",
      "405 method-not-allowed",
      "409 request-in-flight",
      "409 nothing-to-approve",
      "409 rules-stopped",
      "409 launch-under-way",
      "409 already-answered",
      "409 change-superseded",
      "413 body-too-large",
      "415 unsupported-media-type",
      "422 idempotency-key-reused",
      "422 currency-mismatch",
      "422 no-such-budget",
      "422 change-refused",
      "422 spec-rejected",
      "422 launch-refused",
      "422 rules-rejected",
      "503 temporal-unavailable",
      "503 store-busy",
      "503 store-unavailable",
      "503 unavailable",
      "500 internal-error",
    ]
  `)
})
