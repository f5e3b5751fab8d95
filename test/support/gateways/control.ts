// The control page of a simulator: a list of its payments, and a button for everything that can befall one.
import type { Forgery, Payer, ScanOptions } from './payer.ts'
import type { SimulatedAnswer, SimulatedRequest, SimulatorServer, Trouble } from './simulator-server.ts'
import type { WebhookPlan, WebhookSender } from './webhook-sender.ts'

const BUTTONS = [
  ['pay', 'Pay'],
  ['pay_late', 'Pay after expiry'],
  ['pay_late_returned', 'Pay after expiry, money goes back'],
  ['pay_twice', 'Pay twice'],
  ['pay_short', 'Pay Rp1 short'],
  ['run_out', 'Run out'],
  ['lose_and_pay', 'Pay, lose the webhook'],
  ['repeat_and_pay', 'Pay, webhook three times'],
  ['hold_and_pay', 'Pay, hold the webhook'],
  ['forge', 'Forge a webhook'],
] as const

const SCANS: Readonly<Record<string, ScanOptions>> = {
  pay: {},
  pay_late: { late: 'honoured' },
  pay_late_returned: { late: 'returned' },
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

async function act(name: string, id: string, payer: Payer, webhooks: WebhookSender): Promise<unknown> {
  const scan = SCANS[name]
  if (scan) {
    if (scan.late) payer.runOut(id)
    return payer.scan(id, scan)
  }
  if (name === 'pay_twice') return [payer.scan(id), payer.scan(id)]
  if (name === 'pay_short') {
    const row = payer.list().find((each) => each.id === id)
    return row ? payer.scan(id, { amountRp: row.amountRp - 1 }) : 'unknown'
  }
  if (name === 'run_out') return payer.runOut(id)
  if (name === 'hold_and_pay') {
    webhooks.plan({ kind: 'hold' })
    return payer.scan(id)
  }
  if (name === 'release') return webhooks.release('reverse')
  if (name === 'lose_and_pay' || name === 'repeat_and_pay') {
    webhooks.plan(name === 'lose_and_pay' ? { kind: 'lose' } : { kind: 'repeat', times: 3 })
    return payer.scan(id)
  }
  if (name === 'forge') return payer.forge(id, 'wrong_key' satisfies Forgery)
  return 'unknown act'
}

function page(provider: string, payer: Payer, webhooks: WebhookSender, said: string): string {
  const rows = payer
    .list()
    .toReversed()
    .map((row) => {
      const buttons = BUTTONS.map(
        ([name, label]) => `<button name="act" value="${name}">${escaped(label)}</button>`,
      ).join(' ')
      return `<tr><td><code>${escaped(row.reference)}</code><td>Rp${row.amountRp}<td>${escaped(row.status)}
<td><form method="post" action="/_control/act"><input type="hidden" name="id" value="${escaped(row.id)}">${buttons}</form>`
    })
  const sent = webhooks.attempts
    .slice(-20)
    .toReversed()
    .map((each) => `<li>${escaped(each.label)}, attempt ${each.attempt}: ${each.status ?? 'no answer'}`)
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>SIMULASI ${provider}</title>
<style>body{font:16px/1.5 system-ui;margin:2rem;color-scheme:light dark}th,td{padding:.5rem;text-align:start;vertical-align:top}button{min-height:2.75rem;margin:.1rem}</style>
<h1>SIMULASI: ${provider}</h1><p>No real money, no real merchant. Each button is something that a payer or the network does.</p>
<p role="status">${escaped(said)}</p>
<table><thead><tr><th>Reference<th>Amount<th>Status<th>What happens</thead><tbody>${rows.join('') || '<tr><td colspan="4">No payment yet.'}</tbody></table>
<form method="post" action="/_control/act"><button name="act" value="release">Release the held webhooks, last come first</button></form>
<h2>Webhooks sent</h2><ol>${sent.join('') || '<li>None.'}</ol></html>`
}

/**
 * GET / is the page; GET /_control/payments the list; POST /_control/act {act, id}, /_control/plan and
 * /_control/trouble (each a list) are for scripts.
 */
export async function answerControl(
  provider: string,
  request: SimulatedRequest,
  payer: Payer,
  webhooks: WebhookSender,
  arm: SimulatorServer['arm'],
): Promise<SimulatedAnswer> {
  if (request.method === 'GET') {
    if (request.path === '/_control/payments') return { status: 200, json: { payments: payer.list() } }
    return { status: 200, html: page(provider, payer, webhooks, request.query.get('said') ?? '') }
  }
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')
  if (isForm) {
    const form = new URLSearchParams(request.body)
    const result = await act(form.get('act') ?? '', form.get('id') ?? '', payer, webhooks)
    const said = `${form.get('act')}: ${JSON.stringify(result ?? 'done')}`
    return { status: 303, location: `/?said=${encodeURIComponent(said)}` }
  }
  const body: unknown = JSON.parse(request.body)
  if (request.path === '/_control/plan') webhooks.plan(...(body as WebhookPlan[]))
  else if (request.path === '/_control/trouble') arm(...(body as Trouble[]))
  else {
    const asked = body as { act: string; id: string }
    return { status: 200, json: { result: await act(asked.act, asked.id, payer, webhooks) } }
  }
  return { status: 200, json: {} }
}
