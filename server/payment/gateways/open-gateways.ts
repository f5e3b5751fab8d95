import { randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../../platform/clock.ts'
import { ConfigError } from '../../platform/config.ts'
import { type Gateway, type GatewayDeps, PATIENCE } from './gateway.ts'
import { createMidtransGateway } from './midtrans.ts'
import { createXenditGateway } from './xendit/xendit.ts'

const RANDOM_STEPS = 2 ** 32

/**
 * The gateways that the environment holds keys for. Throws one plain line when key and address do not
 * belong together. `publicUrl` is where providers reach this server.
 */
export function openGateways(
  env: NodeJS.ProcessEnv,
  publicUrl: string | null,
  clock: Clock,
): readonly Gateway[] {
  const deps: GatewayDeps = {
    clock,
    random: () => randomInt(RANDOM_STEPS) / RANDOM_STEPS,
    pause: async (ms) => void (await pause(ms)),
    patience: PATIENCE,
  }
  return [...midtrans(env, publicUrl, deps), ...xendit(env, deps)]
}

function midtrans(env: NodeJS.ProcessEnv, publicUrl: string | null, deps: GatewayDeps): Gateway[] {
  const { MIDTRANS_SERVER_KEY: serverKey, MIDTRANS_ADDRESS: told } = env
  if (!serverKey) {
    if (told) throw new ConfigError('MIDTRANS_ADDRESS is set without MIDTRANS_SERVER_KEY.')
    return []
  }
  const isTest = serverKey.startsWith('SB-')
  const address = told || (isTest ? 'https://api.sandbox.midtrans.com' : 'https://api.midtrans.com')
  const notificationUrl = publicUrl === null ? null : `${publicUrl}/api/hooks/midtrans`
  return [createMidtransGateway({ serverKey, address, acquirer: 'gopay', notificationUrl }, deps)]
}

function xendit(env: NodeJS.ProcessEnv, deps: GatewayDeps): Gateway[] {
  const { XENDIT_SECRET_KEY: secretKey, XENDIT_CALLBACK_TOKEN: callbackToken, XENDIT_ADDRESS: told } = env
  if (!secretKey) {
    if (told || callbackToken) {
      throw new ConfigError('XENDIT_ADDRESS or XENDIT_CALLBACK_TOKEN is set without XENDIT_SECRET_KEY.')
    }
    return []
  }
  if (!callbackToken) throw new ConfigError('XENDIT_SECRET_KEY needs XENDIT_CALLBACK_TOKEN beside it.')
  return [createXenditGateway({ secretKey, callbackToken, address: told || 'https://api.xendit.co' }, deps)]
}
