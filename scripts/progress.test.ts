import { expect, it } from 'vitest'

import { createProgress } from './progress.js'

function output(isTTY: boolean): { text: string; isTTY: boolean; columns: number; write: (text: string) => boolean } {
  return {
    text: '',
    isTTY,
    columns: 60,
    write(text: string) {
      this.text += text
      return true
    },
  }
}

const withoutTimes = (text: string): string[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/ {2}\d.*$/, ''))

it('without a terminal, each change is one line, and details are not shown', () => {
  const out = output(false)
  const progress = createProgress(out as never)
  const [one, two] = [progress.start('one', 'looking'), progress.start('two', 'looking')]
  one.update('working')
  one.update('working', '5 of 9')
  two.done('was there')
  one.fail('broke')
  expect(withoutTimes(out.text)).toEqual(['  one: working', '✓ two        was there', '✗ one        broke'])
})

it('on a terminal, lines are redrawn and cut to its width', () => {
  const out = output(true)
  const progress = createProgress(out as never)
  const task = progress.start('one', 'looking')
  task.update('x'.repeat(200))
  task.done('done')
  expect(out.text).toContain('\x1b[1A\x1b[0J')
  const lines = out.text
    .replace(/\x1b\[\d[AJ]/g, '')
    .trimEnd()
    .split('\n')
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60)
  expect(lines.at(-1)).toMatch(/^✓ one +done {2}0 s$/)
})
