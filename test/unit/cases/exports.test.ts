import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

import { runTests } from '../../../cli/run-tests.js'
import { evaluateCase } from './evaluate-case.js'

describe('names with uneven spaces', () => {
  it('are the same in every evaluator', async () => {
    const options = { at: '2026-03-10 12:00', rules: 's.yaml' }
    expect(await evaluateCase('eval-vs-live-spaces', 's.csv', options)).toEqual(['a1 TR | Moda Yaz fire "TR | Moda Yaz"'])
    const folder = join(import.meta.dirname, 'eval-vs-live-spaces')
    const { files } = await runTests(['s.test.yaml'], folder)
    expect(files.flatMap(({ results }) => results.map(({ name, failures }) => [name, failures]))).toEqual([['t', []]])
  })
})
