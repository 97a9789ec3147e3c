import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { checkFolder } from './check-folder.js'

const FOLDER = join(import.meta.dirname, 'yaml-errors')

test('a text that must be quoted is one error, and the rest of the file is still read', async () => {
  expect(await checkFolder('one-fault-many-errors', ['rules.yaml'])).toEqual([
    'rules.yaml:5 yaml-syntax: put it in quotes: `"1.2 * spend[yesterday]"`',
  ])
})

/** Each file has a typical mistake; the golden file has the messages. */
test.each(['wrong-1', 'wrong-2'])('the mistakes in %s are reported in the author’s own words', async (name) => {
  const reported: string[] = []
  for (const file of readdirSync(join(FOLDER, name)).sort()) {
    const path = `${name}/${file}`
    const found = await checkFolder('yaml-errors', [path])
    reported.push(...(found.length === 0 ? [`${path} has no fault`] : found))
  }
  await expect(`${reported.join('\n')}\n`).toMatchFileSnapshot(join(FOLDER, `${name}.txt`))
})
