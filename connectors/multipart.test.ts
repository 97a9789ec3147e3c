import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { type AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

import { expect, onTestFinished, test } from 'vitest'

import { formWithFile } from './multipart.js'
import { createTransport } from './transport.js'

test('a form with a file arrives as RFC 7578 describes, byte for byte and with its length', async () => {
  const requests: { type: string; length: string | undefined; body: Buffer }[] = []
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      requests.push({ type: request.headers['content-type'] ?? '', length: request.headers['content-length'], body })
      response.end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const transport = createTransport({})
  onTestFinished(async () => {
    await transport.close()
    server.close()
  })

  const bytes = randomBytes(200_000)
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  const fields = [
    ['upload_phase', 'transfer'],
    ['ürün', 'kadın 25-44'],
  ] as const
  const body = formWithFile(fields, { part: 'source', fileName: 'yaz "1".png', bytes })
  await transport.exchange({ method: 'POST', url, headers: { accept: 'application/json' }, body, upload: true })

  const [request] = requests
  const boundary = /^multipart\/form-data; boundary=(\S+)$/.exec(request?.type ?? '')?.[1] ?? ''
  expect(boundary).not.toBe('')
  const head = [
    `--${boundary}\r\nContent-Disposition: form-data; name="upload_phase"\r\n\r\ntransfer\r\n`,
    `--${boundary}\r\nContent-Disposition: form-data; name="ürün"\r\n\r\nkadın 25-44\r\n`,
    `--${boundary}\r\nContent-Disposition: form-data; name="source"; filename="yaz %221%22.png"\r\n`,
    'Content-Type: application/octet-stream\r\n\r\n',
  ].join('')
  const received = request?.body ?? Buffer.alloc(0)
  const end = Buffer.byteLength(head) + bytes.length
  expect(received.subarray(0, Buffer.byteLength(head)).toString()).toBe(head)
  expect(received.subarray(Buffer.byteLength(head), end).equals(bytes)).toBe(true)
  expect(received.subarray(end).toString().trimEnd()).toBe(`\r\n--${boundary}--`)
  expect(request?.length).toBe(String(received.length))
})
