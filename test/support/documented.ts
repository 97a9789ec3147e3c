/** Checks the API's responses against its own OpenAPI document. */

import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'vitest'

import { openApiDocument, problemsOf } from '../../service/api/http/openapi.js'
import { FORMATS } from '../../service/api/http/validation.js'
import { OPERATIONS } from '../../service/api/operations.js'

interface Media {
  readonly schema: object
}
type Paths = Record<string, Record<string, { responses: Record<string, { content: Record<string, Media> }> }>>

const document = openApiDocument(OPERATIONS) as { paths: Paths }
const ajv = new Ajv2020({ strict: false, formats: FORMATS }).addSchema({ ...document, $id: 'api' })

/** Fails if the operation does not document the status, the content type or the body, or the type of a problem. */
export async function expectDocumented(method: string, path: string, response: Response): Promise<void> {
  const operation = OPERATIONS.find(
    (candidate) => candidate.method === method.toLowerCase() && patternOf(candidate.path).test(path.split('?')[0] ?? ''),
  )
  if (operation === undefined) return
  const documented = document.paths[operation.path]?.[operation.method]?.responses[String(response.status)]
  const type = response.headers.get('content-type')?.split(';')[0] ?? ''
  const content = Object.entries(documented?.content ?? {}).find(([name]) => name.split(';')[0] === type)
  expect(content, `${operation.id} documents ${response.status} as ${type}`).toBeDefined()
  if (!type.endsWith('json')) return
  const body = (await response.json()) as { type?: string }
  const pointer = [
    'paths',
    operation.path,
    operation.method,
    'responses',
    String(response.status),
    'content',
    content![0],
    'schema',
  ]
  const check = ajv.getSchema(`api#/${pointer.map(escaped).join('/')}`)
  expect(check?.(body), `${operation.id} ${response.status}: ${JSON.stringify(check?.errors)}\n${JSON.stringify(body)}`).toBe(
    true,
  )
  if (type === 'application/problem+json') {
    expect(problemsOf(operation).map((name) => `urn:tetik:${name}`)).toContain(body.type)
  }
}

const patternOf = (path: string): RegExp => new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`)

const escaped = (name: string): string => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))
