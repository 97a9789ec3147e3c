import { type Reading, refuse } from '../../diagnostic/fault.js'
import type { Vocabulary } from '../../expression/read/vocabulary.js'
import { durationText } from '../../text/value-text.js'
import { quantity } from '../parts/schema-parts.js'
import { readTimeOfDay } from '../parts/time.js'
import type { Step } from '../rule.js'
import { defineStep, noTemplates } from './definition.js'
import { parsePause } from './parse-pause.js'

type WaitStep = Extract<Step, { kind: 'wait' | 'wait-until' }>

const schema = quantity('A duration, or a time of day', '2h', 'until 08:00')

export const wait = defineStep<WaitStep, typeof schema>({
  name: 'wait',
  schema,
  bare: null,
  line: { pattern: /^(\d+(\.\d+)?[smhd]|until\s+\d{1,2}:\d{2})$/, example: '2h' },
  scopes: null,
  read: (written, { path, fields }, { vocabulary }) => fields.read(path, written, (text) => parseWait(text, vocabulary)),
  meaning: (step) => step,
  templates: noTemplates,
  words: { en: 'the wait', tr: 'bekleme' },
  does: {
    en: (step, { duration, quoted }) =>
      step.kind === 'wait' ? `waits ${duration(step.duration)}` : `waits until ${quoted(step.time)}`,
    tr: (step, { duration, quoted }) =>
      step.kind === 'wait' ? `${duration(step.duration)} bekler` : `saat ${quoted(step.time)} olana kadar bekler`,
  },
  title: (step) => (step.kind === 'wait' ? `wait ${durationText(step.duration, 'en')}` : `wait until ${step.time}`),
  action: null,
  carriedOutAs: 'wait',
  effect: 'none',
  claims: null,
})

/** `2h`, or `until 08:00`. */
function parseWait(text: string, vocabulary: Vocabulary): Reading<WaitStep> {
  const until = /^\s*until\s+/.exec(text)
  if (until !== null) {
    const { value, faults } = readTimeOfDay(text.slice(until[0].length))
    const shift = until[0].length
    return {
      value: value === null ? null : { kind: 'wait-until', time: value },
      faults: faults.map((fault) => ({ ...fault, span: { start: fault.span.start + shift, end: fault.span.end + shift } })),
    }
  }
  if (/^\s*\d{1,2}:\d{2}\s*$/.test(text))
    return refuse(text, 'bad-duration', 'this is a time of day', `did you mean \`until ${text.trim()}\`?`)
  const { value, faults } = parsePause(text, vocabulary)
  return { value: value === null ? null : { kind: 'wait', duration: value }, faults }
}
