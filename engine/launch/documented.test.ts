import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { objectsFor, SETTINGS } from '../../test/support/launches.js'
import { withGoalTable } from './meta/reference-tables.js'
import { TargetingSchema } from './meta/targeting-schema.js'
import { loadLaunches } from './read/load.js'
import { AdSchema, AdsetSchema, CampaignSchema, CreativeSchema, LaunchSchema, PromotedObjectSchema } from './read/schema.js'

const PAGE = join(import.meta.dirname, '..', '..', 'docs', 'launch.md')
const page = readFileSync(PAGE, 'utf8')

describe('docs/launch.md', () => {
  const specs = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text!)

  it('contains only specs without errors', () => {
    expect(specs.length).toBeGreaterThan(0)
    for (const text of specs) {
      const { launches, diagnostics } = loadLaunches([{ path: 'specs/a.yaml', text }], SETTINGS)
      expect(diagnostics).toEqual([])
      expect(launches).toHaveLength(1)
    }
  })

  it('contains the table of goals that the check uses', async () => {
    await expect(withGoalTable(page)).toMatchFileSnapshot(PAGE)
  })

  it.each(
    Object.entries({
      LaunchSchema,
      CampaignSchema,
      AdsetSchema,
      PromotedObjectSchema,
      TargetingSchema,
      AdSchema,
      CreativeSchema,
    }),
  )('names every key of %s', (_, { properties }) => {
    for (const key of Object.keys(properties)) expect(page).toContain(`\`${key}`)
  })

  it('names every field that is filled in', () => {
    const [, section] = /## What is filled in([\s\S]*?)\n## /.exec(page)!
    const documented = [...section!.matchAll(/^\| `([^`]+)` \|/gm)].map(([, field]) => field)
    const texts = [
      ...specs,
      ...['sales-with-video', 'leads-in-the-union', 'whatsapp-conversations', 'awareness-campaign-budget'].map((name) =>
        readFileSync(join(PAGE, '..', '..', 'examples', 'specs', `${name}.yaml`), 'utf8').replace('4200 USD', '4200'),
      ),
    ]
    const filled = texts.flatMap((text) =>
      loadLaunches([{ path: 'specs/a.yaml', text }], SETTINGS).launches.flatMap((spec) =>
        objectsFor(spec).flatMap((object) => object.filled.map(({ field }) => field)),
      ),
    )
    expect(new Set(filled).size).toBeGreaterThan(6)
    for (const field of filled) expect(documented).toContain(field)
  })
})
