import { readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { publishedDocuments } from './schema.js'

test.each(await publishedDocuments())(
  'schema/$file is committed as `tetik schema --out schema` writes it',
  ({ file, schema }) => {
    const committed = readFileSync(new URL(`../../schema/${file}`, import.meta.url), 'utf8')
    expect(committed).toBe(`${JSON.stringify(schema, null, 2)}\n`)
  },
)
