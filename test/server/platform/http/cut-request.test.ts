import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { serve } from '@hono/node-server'
import { expect, onTestFinished, test } from 'vitest'
import { RequestCutError, readBytes } from '../../../../server/platform/http/request-body.ts'
import { commandId } from '../../../support/browser.ts'
import { createTestShop } from '../../../support/test-shop.ts'

/** A request whose sender goes away after the first bytes. */
function cutRequest(headers: Record<string, string>): Request {
  let isBegun = false
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (isBegun) controller.error(new Error('aborted'))
      else controller.enqueue(new TextEncoder().encode('{"abc'))
      isBegun = true
    },
  })
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', headers, body, duplex: 'half' }
  return new Request('http://meja.test/', init)
}

test.each([{ 'content-length': '5000' }, {}])(
  'a body that breaks off is known as such (%o)',
  async (headers) => {
    await expect(readBytes(cutRequest(headers as Record<string, string>), 10_000)).rejects.toThrow(
      RequestCutError,
    )
  },
)

test.each(['destroy', 'resetAndDestroy', 'end'] as const)(
  'a phone that goes away in the middle of its request (%s) is noted as no fault of ours',
  async (goAway) => {
    const shop = await createTestShop({ dialect: 'sqlite' })
    const server = serve({ fetch: shop.app.fetch, port: 0, hostname: '127.0.0.1' })
    onTestFinished(() => {
      server.close()
    })
    await once(server, 'listening')
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    socket.on('error', () => undefined)
    onTestFinished(() => {
      socket.destroy()
    })
    const head = ['POST /api/commands/code.scan HTTP/1.1', 'host: meja.test', 'content-length: 400']
    const named = ['content-type: application/json', `idempotency-key: ${commandId()}`]
    socket.write(`${[...head, ...named].join('\r\n')}\r\n\r\n{"token":"`)
    await new Promise((resolve) => setTimeout(resolve, 50))
    socket[goAway]()
    await expect
      .poll(() => shop.logLines)
      .toContain('info request was cut off {"path":"/api/commands/code.scan"}')
    expect(shop.logLines.filter((line) => !line.startsWith('info '))).toEqual([])
    expect(await shop.count('customers')).toBe(0)
  },
)
