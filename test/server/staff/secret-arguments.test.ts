import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { commandSchemas } from '#shared/protocol.ts'
import { fingerprintsOf, SECRET_ARGUMENTS } from '../../../server/platform/fingerprints.ts'
import { describeOnBoth } from '../../support/both-databases.ts'
import { commandId } from '../../support/browser.ts'
import { createPayingScene, type PayingScene } from '../../support/paying-scene.ts'

/** A payment that the barista set to paid with the manager's PIN, and the id under which it was asked. */
async function confirmed(scene: PayingScene) {
  const prepared = await scene.pay('card')
  const args = { paymentId: prepared.id, reason: 'terlihat', approval: scene.approval }
  const id = commandId()
  const first = await scene.barista.send('payment.confirm', args, { id })
  expect(first.body.result).toMatchObject({ ok: true, status: 'paid' })
  return { args, id, first, paymentId: prepared.id }
}

describeOnBoth('a secret argument of a command', (dialect) => {
  test('cannot be guessed by sending the same id again: right or wrong, the first answer comes', async () => {
    const scene = await createPayingScene({ dialect })
    const { args, id, first } = await confirmed(scene)
    for (const pin of ['000001', scene.approval.pin, '900000']) {
      const again = await scene.barista.send(
        'payment.confirm',
        { ...args, approval: { ...args.approval, pin } },
        { id },
      )
      expect([again.status, again.body.result]).toEqual([200, first.body.result])
    }
    const other = await scene.barista.send('payment.confirm', { ...args, reason: 'lain' }, { id })
    expect(other.body.refusal).toEqual({ code: 'request.key_reused', field: 'reason' })
    const approval = { ...args.approval, staffId: scene.barista.staffId }
    const otherManager = await scene.barista.send('payment.confirm', { ...args, approval }, { id })
    expect(otherManager.body.refusal).toEqual({ code: 'request.key_reused', field: 'approval' })
  })

  test('nor by one who signs in on the tablet after the manager, nor by signing in with the same id', async () => {
    const scene = await createPayingScene({ dialect })
    const { manager, shop } = scene
    const right = await manager.send('staff.sign_in', scene.approval)
    const wrong = await manager.send('staff.sign_in', { ...scene.approval, pin: '000001' }, { id: right.id })
    expect(wrong.body).toEqual((await manager.send('staff.sign_in', scene.approval, { id: right.id })).body)
    await manager.send('staff.sign_out', {})
    const after = await manager.send('staff.sign_in', { ...scene.approval, pin: '000001' }, { id: right.id })
    expect(after.headers.getSetCookie()).toEqual([])
    expect((await manager.send('order.see', { orderIds: [shop.id('ord')] })).status).toBe(401)
  })

  test("is compared in no command, and no reader of the money's record learns a command's id", async () => {
    const scene = await createPayingScene({ dialect })
    const { id, paymentId } = await confirmed(scene)
    expect(JSON.stringify(await scene.payment(paymentId))).not.toContain(id)
    const row = await scene.shop.read.get<{ fingerprints: string }>(
      sql`SELECT fingerprints FROM commands WHERE id = ${id}`,
    )
    const { secrets } = scene.shop.door
    const { staffId } = scene.approval
    expect(JSON.parse(row?.fingerprints ?? '{}').approval).toBe(
      secrets.fingerprint(JSON.stringify({ staffId })),
    )
  })

  test('nor is the id of what the cashier took read by the phone that paid', async () => {
    const scene = await createPayingScene({ dialect })
    const { id, askedRp: shownRp } = await scene.pay('cash')
    const money = { tipRp: 0, shownRp, tenderedRp: shownRp }
    const part = { kind: 'rest' }
    const args = { paymentId: id, billId: scene.billId, method: 'cash', part, ...money }
    const taken = await scene.barista.send('payment.take', args)
    expect(taken.body.ok).toBe(true)
    expect((await scene.payment(id)).facts.receipts).toHaveLength(1)
    expect(JSON.stringify(await scene.payment(id))).not.toContain(taken.id)
  })

  test('of rows from before nothing but the name is compared, and no cookie is given again', async () => {
    const scene = await createPayingScene({ dialect })
    const { args, id, first } = await confirmed(scene)
    const signedIn = await scene.manager.send('staff.sign_in', scene.approval)
    await scene.shop.door.writer.submit(async (tx) => {
      await tx.run(sql`UPDATE commands SET fingerprints = 'null' WHERE id IN (${id}, ${signedIn.id})`)
      return { keep: true, value: undefined }
    })
    const guess = { ...args, approval: { ...args.approval, pin: '000001' } }
    const again = await scene.barista.send('payment.confirm', guess, { id })
    expect(again.body.result).toEqual(first.body.result)
    const cookie = await scene.manager.send('staff.sign_in', scene.approval, { id: signedIn.id })
    expect([cookie.status, cookie.headers.getSetCookie()]).toEqual([200, []])
    const otherName = await scene.barista.send('payment.credit', guess, { id })
    expect(otherName.body.refusal).toEqual({ code: 'request.key_reused', field: 'name' })
  })
})

type Node = { readonly entries?: Readonly<Record<string, Node>> }

/** Where the schema has a secret, as `approval.pin`. */
function secretPaths({ entries = {} }: Node, path: readonly string[] = []): string[] {
  return Object.entries(entries).flatMap(([field, inner]) => [
    ...(SECRET_ARGUMENTS.has(field) ? [[...path, field].join('.')] : []),
    ...secretPaths(inner, [...path, field]),
  ])
}

test('every secret of every command is left out of what is compared', () => {
  const secrets = {
    fingerprint: (text: string) => text,
    hashPin: async () => '',
    verifyPin: async () => false,
  }
  const places = new Set(Object.values(commandSchemas).flatMap((schema) => secretPaths(schema as Node)))
  // The outlet's setting has the name of the word, and is none.
  places.delete('settings.presence.word')
  expect([...places].toSorted()).toEqual(['approval.pin', 'pin', 'word'])
  const told = JSON.stringify(
    fingerprintsOf({ pin: '471190', word: 'melati 473', approval: { staffId: 's', pin: '471190' } }, secrets),
  )
  expect(told).not.toMatch(/471190|melati/)
})
