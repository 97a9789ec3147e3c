/** Serves the built panel: its files at their paths, and index.html at every other path. */

import { readFile, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'

import type { Context, Hono } from 'hono'

import type { ApiContext } from '../http/context.js'

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.map': 'application/json',
}

/** The component library sets styles in the page. */
const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'"

/** Paths that are never the panel's: errors there are answered by the API. */
const OTHERS = /^\/(api|webhooks|hooks)(\/|$)/

export function addPanel(app: Hono, { panelFolder }: ApiContext): void {
  if (panelFolder === null) {
    app.get('/', (http) => http.text('The panel is not built: `npm run build` builds it. The API is at /docs.\n', 404))
    return
  }
  app.get('*', async (http, next) => {
    if (OTHERS.test(http.req.path)) return next()
    const file = await fileAt(panelFolder, http.req.path)
    if (file !== null) return answer(http, file, http.req.path.startsWith('/assets/'))
    // Only paths without an extension are pages: a missing file must be a 404 and not index.html.
    if (extname(http.req.path) !== '') return next()
    const page = await fileAt(panelFolder, '/index.html')
    return page === null ? next() : answer(http, page, false)
  })
}

interface PanelFile {
  readonly path: string
  readonly content: Buffer
}

/** Returns the file, or null if it does not exist or lies outside the folder once `..` and links are resolved. */
async function fileAt(folder: string, path: string): Promise<PanelFile | null> {
  try {
    const asked = join(folder, decodeURIComponent(path === '/' ? '/index.html' : path))
    const root = await realpath(folder)
    const found = await realpath(asked)
    if (!found.startsWith(root + sep)) return null
    return { path: found, content: await readFile(found) }
  } catch {
    return null
  }
}

function answer(http: Context, { path, content }: PanelFile, isHashed: boolean): Response {
  return http.body(new Uint8Array(content), 200, {
    'content-type': CONTENT_TYPES[extname(path)] ?? 'application/octet-stream',
    'cache-control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    'content-security-policy': POLICY,
  })
}
