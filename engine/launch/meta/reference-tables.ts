/** The table of goals in the reference of launch specs (docs/launch.md), made from what the check reads. */

import { OBJECTIVES } from '../../metric/attributes.js'
import { GOAL_ROWS } from './odax.js'

/** As Markdown: one line for each objective, destination and kind of promoted object. */
function goalTable(): string {
  const lines = OBJECTIVES.flatMap((objective) => {
    const groups = new Map<string, string[]>()
    for (const { goal, destination, promoted } of GOAL_ROWS[objective]) {
      const group = `| ${destination === null ? '—' : code(destination)} | ${promoted.length === 0 ? '' : promoted.map(code).join(', ')} |`
      groups.set(group, [...(groups.get(group) ?? []), goal])
    }
    return [...groups].map(([group, goals]) => `| ${code(objective)} | ${[...new Set(goals)].map(code).join(', ')} ${group}`)
  })
  return ['| objective | goals | leads to | promotes |', '|---|---|---|---|', ...lines].join('\n')
}

/** The reference with its table as it is now. */
export const withGoalTable = (markdown: string): string =>
  markdown.replace(
    /(<!-- table: goals -->\n).*?(<!-- end -->)/s,
    (_, begin: string, end: string) => `${begin}\n${goalTable()}\n\n${end}`,
  )

const code = (text: string): string => `\`${text}\``
