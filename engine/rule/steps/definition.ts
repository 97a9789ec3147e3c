/** What the language knows about one kind of step. Each kind has a file with one of these; `steps.ts` lists them. */

import type { Static, TSchema } from 'typebox'

import type { Recipient } from '../../account/account.js'
import type { Fields } from '../../document/fields.js'
import type { Vocabulary } from '../../expression/read/vocabulary.js'
import type { Scope } from '../../value/scope.js'
import type { Step, StepName, Template } from '../rule.js'

/** What surrounds a step while it is read. */
export interface StepContext {
  readonly scope: Scope | null
  readonly vocabulary: Vocabulary
  /** Null where no `tetik.yaml` names them. */
  readonly recipients: readonly Recipient[] | null
  /** Names of the accounts that the rule covers; null where nothing says which. */
  readonly accounts: readonly string[] | null
  /** The accounts of launch specs by their keys; null where it is unknown which specs exist. */
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

/** Fields of an entity that steps change; of two rules in one tick only one may change a field of an entity. */
export type ClaimField = 'status' | 'budget' | 'bid' | 'name' | 'labels'

export interface StepKind<S extends Step = Step> {
  /** The key in `then`, which decisions list. */
  readonly name: StepName
  /** For the completion and checks of editors, and the form of `read`'s input; null for a step that is only a bare word. */
  readonly schema: TSchema | null
  /** The step that the bare word means (`- pause`); null if it needs a value. */
  readonly bare: S | null
  /** What one line may give it, and an example, for the hint about a missing colon. Absent for a step that is only a bare word. */
  readonly line?: { readonly pattern: RegExp; readonly example: string }
  /** Scopes whose entities it can change; null for every scope. */
  readonly scopes: readonly Scope[] | null
  /** Null if there is an error, which is then reported. */
  readonly read: (written: unknown, place: StepPlace, context: StepContext) => S | null
  /** What a rule's version is a hash of. Its texts are part of the meaning, the words of its conditions are not. */
  readonly meaning: (step: S, of: Meanings) => unknown
  /** Texts that may contain expressions. */
  readonly templates: (step: S) => Iterable<Template>
  /** What the step is called in messages, as a noun: "renaming was refused". */
  readonly words: { readonly en: string; readonly tr: string }
  /** One line for Temporal's timeline. */
  readonly title: (step: S) => string
  /** What a firing does, in front of the entity ("pause", "budget +15%"); null for steps that only notify or wait. */
  readonly action: ((step: S) => string) | null
  readonly carriedOutAs: CarriedOutAs
  /** `delivery` and `spend` depend on being right; `label` changes nothing that costs money; `notice` reaches people; `none` waits. */
  readonly effect: 'delivery' | 'spend' | 'label' | 'notice' | 'none'
  /** The field of the entity that it changes. */
  readonly claims: ClaimField | null
}

/** How `meaning` treats the parts of a step. */
export interface Meanings {
  readonly template: (template: Template) => unknown
  readonly json: (json: Extract<Step, { kind: 'webhook' }>['body']) => unknown
  readonly condition: (condition: Extract<Step, { kind: 'check' }>['condition']) => unknown
}

/** A kind whose `read` gets what its schema describes, as far as it has no fault: every part may be missing. */
export function defineStep<S extends Step, Schema extends TSchema>(
  kind: Omit<StepKind<S>, 'schema' | 'read'> & {
    readonly schema: Schema
    readonly read: (written: Written<Static<Schema>>, place: StepPlace, context: StepContext) => S | null
  },
): StepKind {
  return kind as unknown as StepKind
}

/** A step that is only a bare word. */
export const defineBareStep = <S extends Step>(kind: Omit<StepKind<S>, 'schema' | 'read'> & { readonly bare: S }): StepKind =>
  ({ ...kind, schema: null, read: () => kind.bare }) as unknown as StepKind

/** Parts with a fault of their own are missing. */
type Written<T> = T extends string | boolean | number ? T : { readonly [K in keyof T]?: T[K] | undefined }

/** What Meta lets be paused, named, labelled and copied. */
export const DELIVERED: readonly Scope[] = ['campaign', 'adset', 'ad']

export const noTemplates = (): readonly Template[] => []
