import { describe, expect, it } from 'vitest'

import { nameText, sideText } from './side-text.js'

describe('names from Meta on the terminal', () => {
  it('cannot move the cursor or change the text direction', () => {
    const name = 'A\u001b[2K\r\u202eB\u0007 👨‍👩‍👧 İğne'
    expect(nameText({ name, id: '1', key: '1' })).toBe('A·[2K··B· 👨‍👩‍👧 İğne')
    expect(sideText(name, { unit: 'text', unitKind: 'text' })).toBe('A·[2K··B· 👨‍👩‍👧 İğne')
    expect(sideText([name, 'C'], { unit: 'text', unitKind: 'text' })).toBe('A·[2K··B· 👨‍👩‍👧 İğne, C')
  })
})
