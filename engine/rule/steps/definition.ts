/** What the language knows about one kind of step. Each kind has a file with one of these; `steps.ts` lists them. */

import type { Static, TSchema } from 'typebox'

import type { Recipient } from '../../account/account.js'
import type { Fields } from '../../document/fields.js'
import type { Vocabulary } from '../../expression/read/vocabulary.js'
import type { Scope } from '../../value/scope.js'
import type { BudgetChange, Condition, MoneyAmount, Step, StepName, Template } from '../rule.js'

/** What surrounds a step while it is read. */
export interface StepContext {
  readonly scope: Scope | null
  readonly vocabulary: Vocabulary
  /** Null if unknown: without a `tetik.yaml`, or with `--data`. */
  readonly recipients: readonly Recipient[] | null
  /** Names of the accounts that the rule covers; null if they are unknown. */
  readonly accounts: readonly string[] | null
  /** The accounts of launch specs by their keys; null if it is unknown which specs exist. */
  readonly launches: ReadonlyMap<string, string | null> | null
}

/** Where a step is: its place in `then`, and the path of its value within the rule. */
export interface StepPlace {
  readonly index: number
  readonly path: string
  readonly fields: Fields
}

/** What a workflow does for a step: `workflows/steps/` has a file for each. */
export type CarriedOutAs = 'change' | 'message' | 'wait' | 'check' | 'ask' | 'webhook' | 'launch'

/** A field of an entity that steps change. In one tick only one rule may change the same field of an entity. */
export type ClaimField = 'status' | 'budget' | 'bid' | 'name' | 'labels'

export interface StepKind<S extends Step = Step> {
  /** The step's key in `then`, which decisions list. */
  readonly name: StepName
  /** For the completion and checks of editors, and the form of `read`'s input; null for a step that is only a bare word. */
  readonly schema: TSchema | null
  /** The step that the bare word means (`- pause`); null if it needs a value. */
  readonly bare: S | null
  /**
   * Values that fit on one line, and an example, for the hint about a missing colon. Absent for a step that is only a bare word.
   */
  readonly line?: { readonly pattern: RegExp; readonly example: string }
  /** Scopes whose entities it can change; null for every scope. */
  readonly scopes: readonly Scope[] | null
  /** Reads the value. Null if there is an error, which is then reported. */
  readonly read: (written: unknown, place: StepPlace, context: StepContext) => S | null
  /** Returns what the rule's version is a hash of: texts are part of the meaning, the wording of conditions is not. */
  readonly meaning: (step: S, of: Meanings) => unknown
  /** Texts that may contain expressions. */
  readonly templates: (step: S) => Iterable<Template>
  /** What the step is called in messages, as a noun: "renaming was refused". */
  readonly words: { readonly en: string; readonly tr: string }
  /** What the step does, as a predicate: "pauses the ad set", "reklam setini duraklatır". */
  readonly does: { readonly en: (step: S, words: StepWords) => string; readonly tr: (step: S, words: StepWords) => string }
  /** One line for Temporal's timeline. */
  readonly title: (step: S) => string
  /** What a firing does, in front of the entity ("pause", "budget +15%"); null for steps that only notify or wait. */
  readonly action: ((step: S) => string) | null
  readonly carriedOutAs: CarriedOutAs
  /** What is at stake: `delivery` or `spend`; `label` costs no money; `notice` reaches people; `none` has no effect. */
  readonly effect: 'delivery' | 'spend' | 'label' | 'notice' | 'none'
  /** The field of the entity that it changes. */
  readonly claims: ClaimField | null
}

/** Parts of a step's sentence in the language that it is written in. */
export interface StepWords {
  /** The rule's entity as the object: "the ad set", "reklam setini". */
  readonly it: string
  /** "the ad set’s", "reklam setinin". */
  readonly its: string
  /** "raises the ad set’s budget by 15%, to ₺2,000 at most"; `what` is the object with its owner. */
  readonly change: (change: BudgetChange, limits: AmountLimits, what: string) => string
  readonly duration: (milliseconds: number) => string
  readonly condition: (condition: Condition) => string
  /** A name, a label or a time, in quotes. */
  readonly quoted: (text: string) => string
  /** Several of them: "“a”, “b” and “c”". */
  readonly list: (texts: readonly string[]) => string
}

export interface AmountLimits {
  readonly min: MoneyAmount | null
  readonly max: MoneyAmount | null
}

/** How `meaning` treats the parts of a step. */
export interface Meanings {
  readonly template: (template: Template) => unknown
  readonly json: (json: Extract<Step, { kind: 'webhook' }>['body']) => unknown
  readonly condition: (condition: Extract<Step, { kind: 'check' }>['condition']) => unknown
}

/** Defines a kind whose `read` gets a value of its schema's type. Parts with an error are missing from it. */
export function defineStep<S extends Step, Schema extends TSchema>(
  kind: Omit<StepKind<S>, 'schema' | 'read'> & {
    readonly schema: Schema
    readonly read: (written: Written<Static<Schema>>, place: StepPlace, context: StepContext) => S | null
  },
): StepKind {
  return kind as unknown as StepKind
}

/** Defines a step that is only a bare word. */
export const defineBareStep = <S extends Step>(kind: Omit<StepKind<S>, 'schema' | 'read'> & { readonly bare: S }): StepKind =>
  ({ ...kind, schema: null, read: () => kind.bare }) as unknown as StepKind

/** A value of the schema's type whose parts may be missing, because parts with an error are left out. */
type Written<T> = T extends string | boolean | number ? T : { readonly [K in keyof T]?: T[K] | undefined }

/** The scopes that can be paused, renamed, labelled and copied at Meta. */
export const DELIVERED: readonly Scope[] = ['campaign', 'adset', 'ad']

export const noTemplates = (): readonly Template[] => []
