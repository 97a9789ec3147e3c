/** All lints, each with its code, title and reason. `docs/lint/<code>.md` describes each in more detail. */

export interface LintDefinition {
  readonly code: string
  /** What is wrong, as a heading. */
  readonly title: string
  /** Why it costs money, in a sentence or two. */
  readonly why: string
}

const define = <Code extends string>(code: Code, title: string, why: string) => ({ code, title, why })

export const LINTS = [
  define(
    'conflicting-rules',
    'Two rules can want opposite things for one entity',
    'One rule undoes what the other did, so the delivery of a good ad set is interrupted again and again. Two raises of one budget multiply.',
  ),
  define(
    'flapping',
    'Two opposite rules meet at the same threshold',
    'A value that fluctuates around the threshold makes each rule undo what the other did, and each change can restart the learning phase.',
  ),
  define(
    'no-evidence',
    'A cost, or a lack of results, is judged without a minimum of evidence',
    'With one result, or none yet, a cost is chance: good ad sets are paused, and lucky ones get more money.',
  ),
  define(
    'raise-without-limit',
    'A budget is raised without an effective `max`, or without a cooldown of a day',
    'Raises multiply: 15% a day is 2.7 times the budget within a week.',
  ),
  define('unreachable', 'A condition can never be true', 'The rule seems to protect you, but never acts.'),
  define(
    'always-true',
    'A condition is true whenever its data is known',
    'The condition was meant to limit the rule, but does not.',
  ),
  define(
    'runs-too-often',
    'A rule runs many times a day on windows that only change at midnight',
    'It judges the same numbers again and again: it may act twice on the same numbers, and uses up the account’s API requests.',
  ),
  define(
    'selects-nothing',
    '`where` selects nothing in the account',
    'The rule seems to watch, but looks at nothing: most often a name was changed or mistyped.',
  ),
  define(
    'summer-time',
    'A time of day that a change of summer time skips or doubles',
    'On that day the rule runs at a different hour than everyone expects, on different numbers.',
  ),
  define(
    'today-too-early',
    'A cost, return or count of today decides before the day’s results are in',
    'Spend is booked at once, conversions hours later: in the morning everything looks expensive, and winners are paused.',
  ),
  define(
    'yesterday-too-early',
    'A cost or return of yesterday decides before yesterday’s results are in',
    'Sales count for the day of the click and arrive over several days: right after midnight the evening’s clicks have none yet.',
  ),
  define(
    'raise-in-learning',
    'A budget is raised while Meta may still be learning',
    'Three lucky sales look like a winner. A raise restarts the learning phase, and the money is spent while Meta is still guessing.',
  ),
  define(
    'relative-pause',
    'A rank or percentile pauses or lowers without a fixed threshold',
    'However good all are, some are the worst: half of the account is paused each day until nothing is left.',
  ),
  define(
    'pauses-everything',
    'A metric of the whole account pauses everything in it',
    'One bad campaign makes the account expensive, and the rule stops the good ones along with it.',
  ),
  define(
    'starts-everything',
    '`start: any` without a condition starts whatever is paused',
    'What people and other rules paused for a reason spends again, including old tests and sold-out products.',
  ),
  define(
    'pause-without-start',
    'A scheduled pause that nothing ends',
    'What should pause for one night stays paused until someone notices.',
  ),
  define(
    'duplicate-without-limit',
    'A `duplicate` without a `limit`',
    'Each good ad set is copied again and again, and copies of copies compete with each other for the same people.',
  ),
  define(
    'two-clocks',
    'A rule mixes its own `timezone` with the account’s clock',
    'Times use one time zone; hours, days and budgets use the other: the rule may act on a different day than its author expects.',
  ),
  define(
    'budget-cannot-come-back',
    'A fixed budget that the guardrails refuse to restore after raises',
    'The step back is larger than the guardrails allow, so the raised budget stays for days.',
  ),
  define(
    'hourly-conversions',
    'A rule depends on conversions by the hour, which Meta may not provide',
    'Meta may leave website and app conversions out of hourly rows: the condition is then unknown, and the rule never fires.',
  ),
  define(
    'unknowable-reach',
    'Reach or frequency by the hour, for a group, or in a forecast or expected value',
    'Meta does not provide it: the condition is always unknown, and the rule never fires.',
  ),
  define('silent-pause', 'A rule pauses and notifies nobody', 'A pause that nobody notices costs days of sales.'),
  define('short-cooldown', 'A cooldown that ends before the rule runs again', 'The cooldown never holds the rule back.'),
  define(
    'start-without-pause',
    'A `start` without a pause of the same rule',
    'A plain `start` only ends this rule’s own pause, so without one it starts nothing.',
  ),
  define(
    'refused-by-guardrail',
    'A budget that the account’s guardrails always refuse',
    'Each time the rule fires, nothing happens.',
  ),
  define(
    'repeated-report',
    'A report that is sent again with nothing new in it',
    'People who get the same report many times stop reading it, including its warnings.',
  ),
  define(
    'bad-allow',
    'A `tetik-allow` that can’t be read or gives no reason',
    'A later reader can’t tell whether the warning may still be ignored.',
  ),
  define('unused-allow', 'A `tetik-allow` that allows nothing', 'It would hide the next warning of that kind.'),
] as const satisfies readonly LintDefinition[]

export type LintCode = (typeof LINTS)[number]['code']

export const isLintCode = (code: string): code is LintCode => LINTS.some((lint) => lint.code === code)

/** Warnings about the allowances themselves, which can't be allowed. */
export const NEVER_ALLOWED: readonly LintCode[] = ['bad-allow', 'unused-allow']

/** Warnings that need all rules of the project: without them an allowance can't be reported as unused. */
export const NEEDS_ALL_RULES: readonly LintCode[] = [
  'conflicting-rules',
  'flapping',
  'pause-without-start',
  'budget-cannot-come-back',
]
/** Warnings that need the account's data. */
export const NEEDS_DATA: readonly LintCode[] = ['selects-nothing']
