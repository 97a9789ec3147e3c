/** Which files are launch specs. */

import { SPECS_FOLDER } from '../../service/rules/project-files.js'

/** By the folder that they are in, else by their first words. */
export const isSpec = (path: string, text: string): boolean =>
  path.split(/[\\/]/).slice(0, -1).at(-1) === SPECS_FOLDER || /^(launch|"launch"|'launch')\s*:/m.test(text)
