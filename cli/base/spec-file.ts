/** Recognises launch specs. */

import { SPECS_FOLDER } from '../../service/rules/project-files.js'

/** Whether a file is a launch spec: it is directly in `specs/`, or has the key `launch`. */
export const isSpec = (path: string, text: string): boolean =>
  path.split(/[\\/]/).slice(0, -1).at(-1) === SPECS_FOLDER || /^(launch|"launch"|'launch')\s*:/m.test(text)
