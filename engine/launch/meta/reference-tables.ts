/** The table of goals in docs/launch.md, generated from the rows that the check uses. */

import { OBJECTIVES } from '../../metric/attributes.js'
import { GOAL_ROWS } from './odax.js'

/** Returns the table as Markdown: one line per objective, destination and kind of promoted object. */
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

/** Returns the document with the table replaced by the current one. */
export const withGoalTable = (markdown: string): string =>
  markdown.replace(
    /(<!-- table: goals -->\n).*?(<!-- end -->)/s,
    (_, begin: string, end: string) => `${begin}\n${goalTable()}\n\n${end}`,
  )

const code = (text: string): string => `\`${text}\``
