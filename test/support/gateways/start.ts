// `npm run gateways`: both simulators on this machine, with keys that open nothing else.
//   WEBHOOK_BASE  where webhooks go, the provider's name is added (default http://127.0.0.1:8080/api/hooks)
//   TIME_SCALE    1 is life (two minutes to the first retry), 0.01 a hundred times faster
import { startMidtransSimulator } from './midtrans-simulator.ts'
import { DEFAULT_WEBHOOK_BASE } from './webhook-base.ts'
import { startXenditSimulator } from './xendit-simulator.ts'

const base = process.env.WEBHOOK_BASE ?? DEFAULT_WEBHOOK_BASE
const timeScale = Number(process.env.TIME_SCALE ?? '1')
if (!URL.canParse(base) || !(timeScale > 0 && timeScale <= 1)) {
  console.error('WEBHOOK_BASE must be an address, and TIME_SCALE a number above 0, at most 1.')
  process.exit(1)
}

const serverKey = 'SB-Mid-server-SIMULASI-00000000'
const secretKey = 'xnd_development_SIMULASI00000000'
const callbackToken = 'SIMULASI-callback-token-00000000'

const midtrans = await startMidtransSimulator({
  port: 4021,
  serverKey,
  notificationUrl: `${base}/midtrans`,
  timeScale,
})
const xendit = await startXenditSimulator({
  port: 4022,
  secretKey,
  callbackToken,
  webhookUrl: `${base}/xendit`,
  timeScale,
})

// Codes run out when somebody looks; here somebody always does, so that the news goes out in time.
setInterval(() => [midtrans.payer.list(), xendit.payer.list()], 1000)

console.log(`SIMULASI: no real money.

Midtrans   ${midtrans.origin}   server key      ${serverKey}
Xendit     ${xendit.origin}   secret key      ${secretKey}
                                   callback token  ${callbackToken}
Webhooks   ${base}/midtrans and ${base}/xendit

Open an address in a browser to pay, run out, pay late, pay short, lose a webhook or forge one.`)

async function stop(): Promise<void> {
  await Promise.all([midtrans.close(), xendit.close()])
  process.exit(0)
}
process.on('SIGINT', () => void stop())
process.on('SIGTERM', () => void stop())
