/** Shows the progress of concurrent tasks: lines that are redrawn on a terminal, elsewhere one line for each change. */

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const REDRAW = 120

/**
 * @typedef {object} Task
 * @property {(text: string, detail?: string) => void} update What it does now; the detail changes often and is shown on terminals only.
 * @property {(text: string) => void} done
 * @property {(text: string) => void} fail
 */

/** @param {NodeJS.WriteStream} output */
export function createProgress(output = process.stderr) {
  const live = output.isTTY === true
  const tasks = []
  let drawn = 0
  let frame = 0
  let timer = null

  const write = (line) => output.write(`${line}\n`)
  const seconds = (task) => `${((performance.now() - task.began) / 1000).toFixed(live ? 0 : 1)} s`
  const lineOf = (task) => {
    const mark = { running: FRAMES[frame % FRAMES.length], done: '✓', failed: '✗' }[task.state]
    const detail = task.state === 'running' && task.detail !== '' ? ` (${task.detail})` : ''
    const line = `${mark} ${task.name.padEnd(10)} ${task.text}${detail}`
    const time = task.state === 'running' ? seconds(task) : task.took
    return `${line.slice(0, Math.max(20, (output.columns || 100) - time.length - 2))}  ${time}`
  }
  const draw = () => {
    frame += 1
    output.write(`${drawn > 0 ? `\x1b[${drawn}A\x1b[0J` : ''}${tasks.map((task) => `${lineOf(task)}\n`).join('')}`)
    drawn = tasks.length
  }
  const changed = (task) => {
    if (live) {
      draw()
      timer ??= setInterval(draw, REDRAW)
      timer.unref()
      if (tasks.every(({ state }) => state !== 'running')) {
        clearInterval(timer)
        timer = null
        tasks.length = 0
        drawn = 0
      }
    } else {
      write(task.state === 'running' ? `  ${task.name}: ${task.text}` : lineOf(task))
    }
  }

  return {
    /** @param {string} name @param {string} text @returns {Task} */
    start(name, text) {
      const task = { name, text, detail: '', state: 'running', began: performance.now(), took: '' }
      const end = (state) => (text) => {
        Object.assign(task, { state, text, took: seconds(task) })
        changed(task)
      }
      tasks.push(task)
      if (live) changed(task)
      return {
        update(text, detail = '') {
          const same = task.text === text
          Object.assign(task, { text, detail })
          if (!same) changed(task)
        },
        done: end('done'),
        fail: end('failed'),
      }
    },
  }
}
