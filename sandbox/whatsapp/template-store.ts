/** The account's message templates: the initial ones, and those that were created, edited and deleted since. */

import { keepFact, keptFact, type StateDatabase } from '../state/database.js'
import { SHIPPED_TEMPLATES } from './shipped-templates.js'

export type Component = Record<string, unknown> & { readonly type: string; readonly text?: string }

export interface TemplateContent {
  readonly name: string
  readonly language: string
  readonly category: string
  readonly format: 'POSITIONAL' | 'NAMED'
  readonly components: readonly Component[]
}

export interface Template extends TemplateContent {
  readonly id: string
  readonly createdTime: number
  /** The review's decision, which takes effect at `decidedTime`. */
  readonly decision: 'APPROVED' | 'REJECTED'
  readonly decidedTime: number
  readonly editedTime: number | null
  readonly status: 'PENDING' | 'APPROVED' | 'REJECTED'
}

interface Row {
  id: string
  name: string
  language: string
  category: string
  format: 'POSITIONAL' | 'NAMED'
  components: string
  created_time: number
  decision: 'APPROVED' | 'REJECTED'
  decided_time: number
  edited_time: number | null
  deleted_time: number | null
}

const LAST_ID = 'last-template-id'

interface Review {
  readonly decision: 'APPROVED' | 'REJECTED'
  readonly decidedTime: number
}

export class TemplateStore {
  constructor(
    private readonly database: StateDatabase,
    private readonly now: () => number,
  ) {
    if (keptFact(database, 'templates-shipped', () => false)) return
    for (const shipped of SHIPPED_TEMPLATES) this.#insert(shipped.id, shipped, 0, { decision: 'APPROVED', decidedTime: 0 })
    keepFact(database, 'templates-shipped', true)
  }

  /** Returns all templates, oldest first. */
  all(): Template[] {
    const rows = this.database
      .prepare('select * from templates where deleted_time is null order by created_time, id')
      .all() as Row[]
    return rows.map((row) => this.#read(row))
  }

  withId(id: string): Template | undefined {
    const row = this.database.prepare('select * from templates where id = ? and deleted_time is null').get(id) as Row | undefined
    return row && this.#read(row)
  }

  find(name: string, language: string): Template | undefined {
    return this.all().find((template) => template.name === name && template.language === language)
  }

  /** Returns when a template of that name and language was last deleted; null if none was. */
  deletedAt(name: string, language: string): number | null {
    const row = this.database
      .prepare('select max(deleted_time) as at from templates where name = ? and language = ?')
      .get(name, language) as { at: number | null }
    return row.at
  }

  /** Returns how many were created after `at`. */
  createdSince(at: number): number {
    return (this.database.prepare('select count(*) as n from templates where created_time > ?').get(at) as { n: number }).n
  }

  create(content: TemplateContent, review: Review): Template {
    const number = keptFact(this.database, LAST_ID, () => 0) + 1
    keepFact(this.database, LAST_ID, number)
    // Webhooks contain the id as a number, so it must be a safe integer.
    const id = `5944254791${String(number).padStart(6, '0')}`
    this.#insert(id, content, this.now(), review)
    return this.withId(id) as Template
  }

  edit(id: string, content: TemplateContent, review: Review): Template {
    this.database
      .prepare(
        `update templates set category = ?, format = ?, components = ?, decision = ?, decided_time = ?, edited_time = ? where id = ?`,
      )
      .run(
        content.category,
        content.format,
        JSON.stringify(content.components),
        review.decision,
        review.decidedTime,
        this.now(),
        id,
      )
    return this.withId(id) as Template
  }

  delete(id: string): void {
    this.database.prepare('update templates set deleted_time = ? where id = ?').run(this.now(), id)
  }

  #insert(id: string, content: TemplateContent, at: number, { decision, decidedTime }: Review): void {
    this.database
      .prepare(
        `insert into templates (id, name, language, category, format, components, created_time, decision, decided_time)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        id,
        content.name,
        content.language,
        content.category,
        content.format,
        JSON.stringify(content.components),
        at,
        decision,
        decidedTime,
      )
  }

  #read(row: Row): Template {
    return {
      id: row.id,
      name: row.name,
      language: row.language,
      category: row.category,
      format: row.format,
      components: JSON.parse(row.components) as Component[],
      createdTime: row.created_time,
      decision: row.decision,
      decidedTime: row.decided_time,
      editedTime: row.edited_time,
      status: this.now() < row.decided_time ? 'PENDING' : row.decision,
    }
  }
}

/** Returns the names in `{{1}}` or `{{first_name}}`, in order of their first appearance. */
export const variablesOf = (text: string): string[] => [
  ...new Set([...text.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)].map((match) => match[1] ?? '')),
]

export const componentOf = ({ components }: Pick<TemplateContent, 'components'>, type: string): Component | undefined =>
  components.find((component) => component.type === type)

/** Replaces the variables in a component's text by their values. */
export const filledIn = (text: string, values: ReadonlyMap<string, string>): string =>
  text.replace(/\{\{\s*([^{}]*?)\s*\}\}/g, (_match, name: string) => values.get(name) ?? '')

/** Returns the titles of a template's quick replies. */
export const quickReplies = (template: TemplateContent): readonly string[] =>
  ((componentOf(template, 'BUTTONS')?.buttons ?? []) as { type: string; text: string }[])
    .filter(({ type }) => type === 'QUICK_REPLY')
    .map(({ text }) => text)
