import type { Payment, Refund } from '#shared/payment/payment.ts'

/**
 * A record as it is told in this stream. A desk hears all; guests hear what money moved, how far it got and
 * when, and never who of the house did it, why, or in what words. Left out where it is read and not where it
 * is written: a record stands once for all of its streams, and older ones hold it too.
 */
export function toldIn(stream: string, kind: string, body: unknown): unknown {
  if (stream.startsWith('desk:')) return body
  if (kind === 'payment') return { ...(body as Payment), confirmed: null }
  if (kind === 'refund') return { ...(body as Refund), deed: null, failure: null, providerRef: null }
  return body
}

/** The same for a record as it is stored: most hold nothing to leave out, and are not read for it. */
export function storedAsTold(stream: string, kind: string, body: string): string {
  const isWhole = kind !== 'refund' && (kind !== 'payment' || body.includes('"confirmed":null'))
  return isWhole || stream.startsWith('desk:') ? body : JSON.stringify(toldIn(stream, kind, JSON.parse(body)))
}
