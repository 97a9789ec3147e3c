/** Reports rules about a level that a file does not have: they would select nothing, as if there were no problem. */

import type { Diagnostic } from '../diagnostic/diagnostic.js'
import type { Owner } from '../expression/syntax.js'
import type { EntityScope } from '../facts/dataset-source.js'
import type { Dataset } from '../facts/dataset.js'
import type { Rule } from '../rule/rule.js'
import { expressionsOfCondition } from '../rule/walk.js'

const IN_WORDS: Readonly<Record<EntityScope, { readonly many: string; readonly columns: string }>> = {
  campaign: { many: 'campaigns', columns: '`Campaign name` or `Campaign ID`' },
  adset: { many: 'ad sets', columns: '`Ad set name` or `Ad set ID`' },
  ad: { many: 'ads', columns: '`Ad name` or `Ad ID`' },
}

/** Returns an error for each such rule. @param file as the user named it */
export function missingLevels(rules: readonly Rule[], dataset: Dataset, file: string): readonly Diagnostic[] {
  return rules.flatMap((rule) => {
    const missing = levelsOf(rule).find((level) => dataset.entities(level).length === 0)
    if (missing === undefined) return []
    const { many, columns } = IN_WORDS[missing]
    return [
      {
        code: 'missing-level',
        severity: 'error',
        message: `the rule \`${rule.id}\` is about ${many}, but ${file} has none`,
        file: rule.file,
        line: rule.line,
        column: 1,
        length: 1,
        hint: `export the report by ${many}, with ${columns}`,
      },
    ]
  })
}

function levelsOf(rule: Rule): readonly EntityScope[] {
  const owners = [...expressionsOfCondition(rule.where), ...expressionsOfCondition(rule.when)].flatMap((expression) =>
    expression.kind === 'metric' || expression.kind === 'attribute' || expression.kind === 'forecast' ? [expression.owner] : [],
  )
  return [levelOf(rule.scope), ...owners.map(levelOf)].filter((level) => level !== null)
}

/** Groups consist of campaigns, so they need the level of campaigns. */
function levelOf(owner: Owner): EntityScope | null {
  if (owner === 'group') return 'campaign'
  return owner === 'self' || owner === 'account' ? null : owner
}
