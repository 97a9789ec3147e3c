/** Every lint, once: its code, and words for people. `docs/lint/<code>.md` says more of each. */

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
    'Two rules can want opposite things of one entity',
    'One rule undoes what the other did, and the delivery of a good ad set is broken off again and again. Two raises of one budget multiply.',
  ),
  define(
    'flapping',
    'Two opposite rules meet at the same threshold',
    'A value that wavers about the threshold makes one rule undo the other’s work each time, and each change costs the learning phase.',
  ),
  define(
    'no-evidence',
    'A cost, or a lack of results, is judged without a minimum of evidence',
    'With one result, or none yet, a cost is chance: good ad sets are paused, and lucky ones are given more money.',
  ),
  define(
    'raise-without-limit',
    'A budget is raised without a `max` that holds it, or without a rest of a day',
    'Raises multiply: 15 % a day is two and a half times the budget within a week.',
  ),
  define('unreachable', 'A condition can never be true', 'The rule seems to protect you, and never acts.'),
  define('always-true', 'A condition is true whenever its data is known', 'What was meant to hold the rule back does not.'),
  define(
    'runs-too-often',
    'A rule runs many times a day on windows that only change at midnight',
    'It judges the same numbers again and again: it may act twice on one piece of news, and spends the account’s requests.',
  ),
  define(
    'selects-nothing',
    '`where` selects nothing in the account',
    'The rule seems to watch, and looks at nothing: most often a name was changed or mistyped.',
  ),
  define(
    'summer-time',
    'A time of day that a change of summer time skips or doubles',
    'On that day the rule runs at another hour than everybody thinks, on other numbers.',
  ),
  define(
    'today-too-early',
    'A cost, return or count of today decides before the day’s results are in',
    'Spend is booked at once, conversions hours later: in the morning everything looks expensive, and winners are paused.',
  ),
  define(
    'yesterday-too-early',
    'A cost or return of yesterday decides before yesterday’s results are in',
    'Sales are counted for the day of the click, and come in for days: right after midnight the evening’s clicks have none.',
  ),
  define(
    'raise-in-learning',
    'A budget is raised while Meta may still be learning',
    'Three lucky sales look like a winner. A raise starts the learning phase again, and the money goes while Meta guesses.',
  ),
  define(
    'relative-pause',
    'A rank or percentile takes away without a bar that does not move',
    'Some are worst however good all are: half of the account is paused each day until nothing is left.',
  ),
  define(
    'pauses-everything',
    'A number of the whole account pauses everything in it',
    'One bad campaign makes the account expensive, and the rule stops the good ones with it, all at once.',
  ),
  define(
    'starts-everything',
    '`start: any` without a condition starts whatever is paused',
    'What people and other rules stopped for a reason spends again, old tests and sold-out products too.',
  ),
  define(
    'pause-without-start',
    'A pause by the clock that nothing ends',
    'What was to rest for a night stays paused until somebody notices.',
  ),
  define(
    'duplicate-without-limit',
    'A `duplicate` without a `limit`',
    'Each good ad set is copied again and again, and copies of copies compete with each other for the same people.',
  ),
  define(
    'two-clocks',
    'A rule’s `timezone` and the account’s clock in one rule',
    'Times are read in one zone; hours, days and budgets use the other: the rule acts on another day than its author thinks.',
  ),
  define(
    'budget-cannot-come-back',
    'A fixed budget that raises move too far away from',
    'The step back is larger than the guardrails allow, so that the raised budget stays for days.',
  ),
  define(
    'hourly-conversions',
    'A rule rests on conversions by the hour, which Meta may not give',
    'Meta may leave what happens on a website or in an app out of hourly rows: the rule is unknown then, and never fires.',
  ),
  define(
    'unknowable-reach',
    'Reach or frequency by the hour, of a group, or compared with the usual',
    'Meta gives it to nobody: the condition is always unknown, and the rule never fires.',
  ),
  define('silent-pause', 'A rule pauses and notifies nobody', 'A pause that nobody notices costs the sales of days.'),
  define(
    'short-cooldown',
    'A rest that is over before the rule runs again',
    'The rest that is written down never holds the rule back.',
  ),
  define(
    'start-without-pause',
    'A `start` without a pause of the same rule',
    'A plain `start` only ends this rule’s own pause, so that this one starts nothing.',
  ),
  define(
    'refused-by-guardrail',
    'A budget that the account’s guardrails always refuse',
    'The rule fires and nothing happens, each time.',
  ),
  define(
    'repeated-report',
    'A report that goes out again with nothing new in it',
    'People who get the same report many times over stop reading it, and the warnings in it too.',
  ),
  define(
    'bad-allow',
    'A `tetik-allow` that can’t be read or gives no reason',
    'A later reader can’t tell whether the warning still may be ignored.',
  ),
  define('unused-allow', 'A `tetik-allow` that allows nothing', 'It would hide the next fault of that kind.'),
] as const satisfies readonly LintDefinition[]

export type LintCode = (typeof LINTS)[number]['code']

export const isLintCode = (code: string): code is LintCode => LINTS.some((lint) => lint.code === code)

/** What can't be allowed, for it is about allowing. */
export const NEVER_ALLOWED: readonly LintCode[] = ['bad-allow', 'unused-allow']

/** These need the whole project, or the account's data: without them nobody can tell that an allowance is of no use. */
export const NEEDS_ALL_RULES: readonly LintCode[] = [
  'conflicting-rules',
  'flapping',
  'pause-without-start',
  'budget-cannot-come-back',
]
export const NEEDS_DATA: readonly LintCode[] = ['selects-nothing']
