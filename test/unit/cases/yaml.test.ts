import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { checkFolder } from './check-folder.js'

const FOLDER = join(import.meta.dirname, 'yaml-errors')

test('one text that must be quoted is one fault, and what follows is read', async () => {
  expect(await checkFolder('one-fault-many-errors', ['rules.yaml'])).toEqual([
    'rules.yaml:5 yaml-syntax: put it in quotes: `"1.2 * spend[yesterday]"`',
  ])
})

/** Each file is a slip that people make; the golden file shows the answers. */
test.each(['wrong-1', 'wrong-2'])('the mistakes of %s are reported in the words that the author used', async (name) => {
  const reported: string[] = []
  for (const file of readdirSync(join(FOLDER, name)).sort()) {
    const path = `${name}/${file}`
    const found = await checkFolder('yaml-errors', [path])
    reported.push(...(found.length === 0 ? [`${path} has no fault`] : found))
  }
  await expect(`${reported.join('\n')}\n`).toMatchFileSnapshot(join(FOLDER, `${name}.txt`))
})
