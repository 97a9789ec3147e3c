/** `tetik doctor`: checks that everything is as it must be, and says what to do where it is not. */

import type { Command } from 'commander'

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('Check everything tetik needs, and say what to do about what is not right')
    .option('--json', 'print the findings as JSON')
    .action(async (options: { json?: true }) => {
      const [{ examine }, { findingLine, summaryLine }] = await Promise.all([
        import('../../service/doctor/doctor.js'),
        import('../views/doctor.js'),
      ])
      const human = options.json !== true
      const findings = await examine((finding) => {
        if (human) process.stdout.write(`${findingLine(finding)}\n`)
      })
      const healthy = findings.every(({ status }) => status !== 'fail')
      process.stdout.write(human ? `\n${summaryLine(findings)}\n` : `${JSON.stringify({ healthy, findings }, null, 2)}\n`)
      process.exitCode = healthy ? 0 : 1
    })
}
