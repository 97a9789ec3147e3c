/** The page /docs, where people read and try the API. It is served from installed files, so it works offline. */

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

import { type Hono } from 'hono'
import { html } from 'hono/html'

const FILES: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
}

const PAGE = html`<!doctype html>
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>tetik API</title>
      <link rel="stylesheet" href="/docs/swagger-ui.css" />
    </head>
    <body>
      <div id="api"></div>
      <script src="/docs/swagger-ui-bundle.js"></script>
      <script src="/docs/start.js"></script>
    </body>
  </html> `

/** Adds a new Idempotency-Key to each write that is tried, unless one was entered. */
const START = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  validatorUrl: null,
  requestInterceptor: (request) => {
    const isWrite = request.method !== 'GET' && !Object.keys(request.headers).some((name) => name.toLowerCase() === 'idempotency-key')
    if (isWrite) request.headers['Idempotency-Key'] = crypto.randomUUID()
    return request
  },
})
`

const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'"

export function addDocsPage(app: Hono): void {
  app.get('/docs', (http) => http.html(PAGE, 200, { 'content-security-policy': POLICY }))
  app.get('/docs/start.js', (http) => http.body(START, 200, { 'content-type': 'text/javascript; charset=utf-8' }))
  for (const [name, type] of Object.entries(FILES)) {
    app.get(`/docs/${name}`, (http) =>
      http.body(read(name), 200, { 'content-type': type, 'cache-control': 'public, max-age=86400' }),
    )
  }
}

function read(name: string): Uint8Array<ArrayBuffer> {
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
  return new Uint8Array(readFileSync(join(folder, name)))
}
