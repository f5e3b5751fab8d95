/** This machine by one of its own names or addresses, as somebody may write it. */
const HERE = /^(?:localhost|.+\.localhost|127\.[\d.]+|0(?:\.[\d.]+)?|\[?::1?\]?)\.?$/i
/** The same as a connection says it. */
const HERE_CONNECTED = /^(?:(?:::ffff:)?(?:127|0)\.|::1?$)/i

// A print server may run on this very machine. Where none does, what listens here is its database or
// another service, and `PRINTER_LOOPBACK=0` keeps receipts from being sent to it.

/** True when the printer's address names this machine. */
export function isHere(address: string): boolean {
  return HERE.test(new URL(address).hostname)
}

/** True when a connection has led to this machine, under whatever name. */
export function hasLedHere(remoteAddress: string | undefined, localAddress: string | undefined): boolean {
  if (remoteAddress === undefined) return true
  return remoteAddress === localAddress || HERE_CONNECTED.test(remoteAddress)
}
