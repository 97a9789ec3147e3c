import { expect, it } from 'vitest'

import type { RuleSets } from '../base/rule-sets.js'
import { evaluateData } from '../data/evaluate-data.js'
import { explainOnData } from '../data/explain-on-data.js'
import { evalAsJson, evalForPeople } from '../views/eval.js'
import { explainForPeople } from '../views/explain.js'

const rules = { path: 'r.yaml', text: 'rules:\n  - { id: r, scope: adset, when: "spend[today] > 1 TRY", then: [pause] }\n' }
const SETS: RuleSets = { sets: [{ settings: null, files: [rules] }], diagnostics: [] }
const question = { at: '2026-03-10 18:00', timezone: 'UTC', currency: 'TRY' }
const byName = 'date,campaign_name,adset_name,spend\n2026-03-10,A,Kadın,5\n2026-03-10,B,Kadın,6\n2026-03-10,B,Erkek,7\n'
const byId =
  'date,campaign_name,adset_id,adset_name,spend\n2026-03-10,A,11,Kadın,5\n2026-03-10,A,12,Kadın,6\n2026-03-10,B,13,Erkek,7\n'

const shown = async (text: string): Promise<string[]> => {
  const { evaluated } = await evaluateData(SETS, { path: 'd.csv', text }, question)
  const lines = evalForPeople(evaluated!, { colour: false }).split('\n')
  return lines.flatMap((line) => /^ {2}fire {5}(.+?) {2}/.exec(line)?.[1] ?? [])
}
const explained = async (text: string, entity: string): Promise<string> => {
  const { explanation } = await explainOnData(SETS, { path: 'd.csv', text }, { ...question, rule: 'r', entity })
  return explainForPeople(explanation!, { colour: false }).split('\n', 1)[0]!
}

it('`eval` distinguishes ad sets with the same name by their paths, or by their ids', async () => {
  expect(await shown(byName)).toEqual(['Kadın (A)', 'Kadın (B)', 'Erkek'])
  expect(await shown(byId)).toEqual(['Kadın (A, 11)', 'Kadın (A, 12)', 'Erkek'])
  const { evaluated } = await evaluateData(SETS, { path: 'd.csv', text: byName }, question)
  const { decisions } = JSON.parse(evalAsJson(evaluated!)) as { decisions: { entity: unknown }[] }
  expect(decisions[1]!.entity).toEqual({ scope: 'adset', id: null, name: 'Kadın', campaign: 'B' })
})

it('`explain` lists entities with the same name in a form that --entity accepts', async () => {
  await expect(explained(byName, 'Kadın')).rejects.toThrow(
    '2 adsets are called Kadın; use --entity with one of: "A / Kadın", "B / Kadın"',
  )
  await expect(explained(byId, 'Kadın')).rejects.toThrow('use --entity with one of: 11 (A), 12 (A)')
  expect(await explained(byName, 'B / Kadın')).toContain('adset “Kadın” in “B”')
  expect(await explained(byId, '12')).toContain('adset “Kadın” (12) in “A”')
})
