import fc from 'fast-check'
import { expect, it } from 'vitest'

import { imageSize } from './image-size.js'

const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ''), 'hex')

it.each([
  ['PNG', hex('89504e470d0a1a0a 0000000d 49484452 00000438 000002d0'), 1080, 720],
  ['GIF', hex('474946383961 0a00 1400'), 10, 20],
  ['JPEG', hex('ffd8 ffe0 0004 0000 ffff c2 0011 08 02d0 0438 03'), 1080, 720],
  ['WebP, extended', hex('52494646 00000000 57454250 56503858 0a000000 00000000 370400 cf0200'), 1080, 720],
  ['WebP, lossless', hex('52494646 00000000 57454250 5650384c 00000000 2f 37c4b300'), 1080, 720],
  ['WebP, lossy', hex('52494646 00000000 57454250 56503820 00000000 000000 9d012a 3804 d002'), 1080, 720],
])('reads the size of a %s', (_kind, bytes, width, height) => {
  expect(imageSize(bytes)).toEqual({ width, height })
})

it('returns null for a truncated header, a text, or an image without width or height', () => {
  expect(imageSize(hex('89504e470d0a1a0a 0000000d 49484452 0000'))).toBeNull()
  expect(imageSize(hex('89504e470d0a1a0a 0000000d 49484452 00000000 00000000'))).toBeNull()
  expect(imageSize(Buffer.from('<html>'))).toBeNull()
  expect(imageSize(hex('ffd8 ffe0'))).toBeNull()
})

it('terminates on any bytes, even after a valid header', () => {
  const heads = [hex('ffd8'), hex('ffd8ffe0'), hex('474946383961'), Buffer.from('RIFF....WEBPVP8X'), Buffer.alloc(0)]
  fc.assert(
    fc.property(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 400 }), (head, rest) => {
      const size = imageSize(Buffer.concat([head, rest]))
      expect(size === null || (size.width > 0 && size.height > 0)).toBe(true)
    }),
  )
})
