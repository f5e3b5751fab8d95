import { ConfigError } from '../../platform/config.ts'

/** `test` money is nobody's: the provider's sandbox, or a simulator on this machine. */
export type GatewayMode = 'live' | 'test'

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

type ProviderRules = {
  readonly provider: string
  readonly keyVariable: string
  readonly addressVariable: string
  /** What a server key begins with, the longest first. */
  readonly keys: readonly { readonly prefix: string; readonly mode: GatewayMode }[]
  /** The provider's own addresses, and which keys may go there. */
  readonly origins: Readonly<Record<string, readonly GatewayMode[]>>
}

export const MIDTRANS_RULES: ProviderRules = {
  provider: 'Midtrans',
  keyVariable: 'MIDTRANS_SERVER_KEY',
  addressVariable: 'MIDTRANS_ADDRESS',
  keys: [
    { prefix: 'SB-Mid-server-', mode: 'test' },
    { prefix: 'Mid-server-', mode: 'live' },
  ],
  origins: {
    'https://api.midtrans.com': ['live'],
    'https://api.sandbox.midtrans.com': ['test'],
  },
}

export const XENDIT_RULES: ProviderRules = {
  provider: 'Xendit',
  keyVariable: 'XENDIT_SECRET_KEY',
  addressVariable: 'XENDIT_ADDRESS',
  keys: [
    { prefix: 'xnd_development_', mode: 'test' },
    { prefix: 'xnd_production_', mode: 'live' },
  ],
  origins: { 'https://api.xendit.co': ['live', 'test'] },
}

/**
 * Whether key and address belong together; otherwise throws one plain line that never holds the key. A
 * live key at a simulator would hand it to a stranger; a test key at the live address would take orders
 * that nobody pays for. Any address other than the provider's own or this machine is refused: a key
 * must not be sent where a typing error points.
 */
export function readMode(rules: ProviderRules, key: string, address: string): GatewayMode {
  const known = rules.keys.find(({ prefix }) => key.startsWith(prefix))
  if (!known || !/^[\x21-\x7e]{16,200}$/.test(key)) {
    const prefixes = rules.keys.map(({ prefix }) => `"${prefix}"`).join(' or ')
    throw new ConfigError(`${rules.keyVariable} must begin with ${prefixes} and be whole.`)
  }
  const url = URL.canParse(address) ? new URL(address) : null
  const isPlain = url !== null && url.pathname === '/' && !url.search && !url.hash && !url.username
  if (!url || !isPlain || !['http:', 'https:'].includes(url.protocol)) {
    throw new ConfigError(
      `${rules.addressVariable} must be an address such as ${Object.keys(rules.origins)[0]}.`,
    )
  }
  const allowed = LOOPBACK.has(url.hostname) ? (['test'] as const) : rules.origins[url.origin]
  if (!allowed) {
    throw new ConfigError(`${rules.addressVariable} is neither of ${rules.provider} nor of this machine.`)
  }
  if (!allowed.includes(known.mode)) {
    throw new ConfigError(
      known.mode === 'live'
        ? `${rules.keyVariable}: a live key must not be used with a simulator or sandbox address (${rules.addressVariable}).`
        : `${rules.keyVariable}: a test key must not be used with the live address (${rules.addressVariable}).`,
    )
  }
  return known.mode
}
