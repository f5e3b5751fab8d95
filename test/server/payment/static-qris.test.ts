import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { parseQris } from '#shared/payment/qris.ts'
import { readSettings } from '../../../server/payment/settings/settings.store.ts'
import type { Database } from '../../../server/platform/database/database.ts'
import { describeOnBoth } from '../../support/both-databases.ts'
import { createPayingScene, type PayingScene } from '../../support/paying-scene.ts'

/** A merchant that does not exist. */
const STATIC =
  '00020101021126690017ID.CO.EXAMPLE.WWW011893609999000000001702159999000000000010303UMI51440014ID.CO.QRIS.WWW0215ID99999999999990303UMI5204581453033605802ID5911KOPI CONTOH6007BANDUNG61054011162070703T0763044120'
const DYNAMIC =
  '00020101021226690017ID.CO.EXAMPLE.WWW011893609999000000001702159999000000000010303UMI51440014ID.CO.QRIS.WWW0215ID99999999999990303UMI5204581453033605405385005802ID5911KOPI CONTOH6007BANDUNG61054011162270116INV20261121-00420703T076304DBEC'

const withStatic = {
  methods: ['cash', 'qris_static'] as const,
  provider: 'manual' as const,
  staticQris: STATIC,
}

/** Somebody who can write to the database puts another merchant's code into the settings. */
async function swapCode(scene: PayingScene): Promise<void> {
  const record = {
    ...(await scene.settings()),
    staticQris: STATIC.replace('KOPI CONTOH', 'KOPI PALSU.').slice(0, -4),
  }
  const { closeEnvelope } = await import('#shared/payment/qris/envelope.ts')
  const read = parseQris(STATIC)
  const objects = read.ok
    ? read.value.objects.map((one) => (one.id === '59' ? { ...one, value: 'KOPI PALSU' } : one))
    : []
  const swapped = closeEnvelope(objects)
  const body = JSON.stringify({ ...record, staticQris: swapped.ok ? swapped.value : '' })
  await scene.shop.door.writer.submit(async (tx) => {
    await tx.run(
      sql`UPDATE records SET body = ${body} WHERE kind = 'payment_settings' AND id = ${scene.outlet.id}`,
    )
    return { keep: true, value: undefined }
  })
}

describeOnBoth("the outlet's own static code", (dialect) => {
  test('is shown as it was issued; a person who looked at the merchant app says that it was paid', async () => {
    const scene = await createPayingScene({ dialect, settings: withStatic })
    const shown = await scene.pay('qris_static')
    expect(shown).toMatchObject({ provider: 'manual', qrText: STATIC, roundingRp: 0 })
    const money = { tipRp: 0, shownRp: shown.askedRp, tenderedRp: shown.askedRp }
    const args = {
      paymentId: shown.id,
      billId: scene.billId,
      method: 'qris_static',
      part: { kind: 'rest' },
      ...money,
    }
    expect((await scene.phone.send('payment.take', args)).body.refusal.code).toBe('session.missing')
    expect((await scene.barista.send('payment.take', args)).body.result).toMatchObject({ status: 'paid' })
    expect((await scene.payment(shown.id)).confirmed).toMatchObject({
      name: 'barista Sari',
      atMs: scene.shop.clock.now(),
    })
  })

  test('is made for the amount only where the owner chose so', async () => {
    const scene = await createPayingScene({ dialect, settings: { ...withStatic, convertsStaticQris: true } })
    const shown = await scene.pay('qris_static')
    const read = parseQris(shown.qrText ?? '')
    expect(read).toMatchObject({
      ok: true,
      value: { point: 'dynamic', amountRp: shown.askedRp, merchantName: 'KOPI CONTOH' },
    })
  })

  test('that reads differently than when it was approved is not drawn, and the desk is alarmed', async () => {
    const scene = await createPayingScene({ dialect, settings: withStatic })
    await swapCode(scene)
    const { totalRp } = (await scene.bill()).sums
    const args = {
      paymentId: scene.shop.id('pay'),
      billId: scene.billId,
      method: 'qris_static',
      part: { kind: 'rest' },
    }
    const refused = await scene.phone.send('bill.pay', { ...args, tipRp: 0, shownRp: totalRp })
    expect(refused.body.refusal.code).toBe('qris.static_changed')
    await scene.shop.gatewayWork.watchStaticCodes()
    expect((await scene.settings()).isStaticQrisDoubtful).toBe(true)
    const money = { tipRp: 0, shownRp: totalRp, tenderedRp: totalRp }
    const taken = await scene.barista.send('payment.take', { ...args, ...money })
    expect(taken.body.refusal.code).toBe('qris.static_changed')
    expect(scene.shop.logLines.join('\n')).toContain('not the one that was approved')
  })

  test('is looked at in every outlet, also when one of them cannot be read', async () => {
    let broken: string | null = null
    const wrap = (database: Database): Database => ({
      ...database,
      read: {
        all: (query) => database.read.all(query),
        get: async (query) => {
          const isTheirs = broken === '' || (broken !== null && query.values.includes(broken))
          if (broken === '') broken = String(query.values.find((value) => `${value}`.startsWith('out_')))
          if (isTheirs) throw new Error('a row that nobody can read')
          return database.read.get(query)
        },
      },
    })
    const scene = await createPayingScene({ dialect, settings: withStatic, wrap })
    const {
      id: _,
      rev: __,
      outletNumber: ___,
      isStaticQrisDoubtful: ____,
      ...settings
    } = await scene.settings()
    const other = await scene.shop.outlet('ayahanda')
    await scene.shop.asHouse('outlet.set_payment', { outletId: other.id, settings })
    await scene.shop.door.writer.submit(async (tx) => {
      await tx.run(sql`DELETE FROM approved_codes`)
      return { keep: true, value: undefined }
    })
    // Whichever is looked at first.
    broken = ''
    await expect(scene.shop.gatewayWork.watchStaticCodes()).rejects.toThrow('1 failed, the rest is done')
    broken = null
    const all = await Promise.all([scene.outlet.id, other.id].map((id) => readSettings(scene.shop.read, id)))
    expect(all.filter((each) => each?.isStaticQrisDoubtful)).toHaveLength(1)
  })

  test('that somebody swapped stays in doubt whatever else a manager saves', async () => {
    const scene = await createPayingScene({ dialect, settings: withStatic })
    await swapCode(scene)
    const { id: _, rev: __, outletNumber: ___, isStaticQrisDoubtful: ____, ...page } = await scene.settings()
    const outletId = scene.outlet.id
    const settings = { ...page, codeMinutes: 20 }
    // Before the house has looked at its codes, and after; with the page's word that no code was given, and without.
    for (const said of [{}, { givesStatic: false }]) {
      await scene.manager.send('outlet.set_payment', { outletId, settings, ...said })
      expect(await scene.settings()).toMatchObject({ codeMinutes: 20, isStaticQrisDoubtful: true })
      await scene.shop.gatewayWork.watchStaticCodes()
    }
    // The page still shows the swapped code when the stored one is right again: nothing is approved by that either.
    const own = JSON.stringify({ ...(await scene.settings()), staticQris: STATIC })
    await scene.shop.door.writer.submit(async (tx) => {
      await tx.run(sql`UPDATE records SET body = ${own} WHERE kind = 'payment_settings' AND id = ${outletId}`)
      return { keep: true, value: undefined }
    })
    await scene.manager.send('outlet.set_payment', { outletId, settings, givesStatic: false })
    expect(await scene.settings()).toMatchObject({ staticQris: STATIC, isStaticQrisDoubtful: false })
  })

  test('that is in doubt is compared with what was approved, and approved by a PIN alone', async () => {
    const scene = await createPayingScene({ dialect, settings: withStatic })
    const outletId = scene.outlet.id
    const approvedNow = async () =>
      (await (await scene.manager.fetch(`/api/desk/${outletId}/approved-code`)).json()) as unknown
    const checkedAtMs = scene.shop.clock.now()
    expect(await approvedNow()).toMatchObject({ stored: STATIC, isStoredApproved: true, checkedAtMs })
    await swapCode(scene)
    // Before the next round of watching the manager's page says it all the same: it is read anew on looking.
    expect(await approvedNow()).toMatchObject({ isStoredApproved: false })
    await scene.shop.gatewayWork.watchStaticCodes()
    expect(await approvedNow()).toMatchObject({ approved: { staticQris: STATIC } })
    expect((await scene.barista.fetch(`/api/desk/${outletId}/approved-code`)).status).not.toBe(200)
    const { staticQris } = await scene.settings()
    const wrong = { ...scene.approval, pin: '000001' }
    const args = { outletId, staticQris, approval: scene.approval }
    const refused = await scene.manager.send('outlet.approve_static', { ...args, approval: wrong })
    expect(refused.body.result).toMatchObject({ ok: false, code: 'staff.wrong_pin' })
    const another = await scene.manager.send('outlet.approve_static', { ...args, staticQris: STATIC })
    expect(another.body.refusal.code).toBe('qris.static_changed')
    expect((await scene.settings()).isStaticQrisDoubtful).toBe(true)
    expect((await scene.manager.send('outlet.approve_static', args)).body.result).toMatchObject({ ok: true })
    expect((await scene.settings()).isStaticQrisDoubtful).toBe(false)
    expect(await approvedNow()).toMatchObject({ approved: { staticQris } })
  })

  test('given again as it was approved ends the doubt without a PIN', async () => {
    const scene = await createPayingScene({ dialect, settings: withStatic })
    await swapCode(scene)
    await scene.shop.gatewayWork.watchStaticCodes()
    const { id: _, rev: __, outletNumber: ___, isStaticQrisDoubtful: ____, ...page } = await scene.settings()
    const settings = { ...page, staticQris: STATIC }
    await scene.manager.send('outlet.set_payment', { outletId: scene.outlet.id, settings, givesStatic: true })
    expect(await scene.settings()).toMatchObject({ staticQris: STATIC, isStaticQrisDoubtful: false })
  })

  test('of another outlet, approved there, is in doubt here', async () => {
    const scene = await createPayingScene({ dialect, settings: withStatic })
    const there = await scene.shop.outlet('ayahanda')
    const {
      id: _,
      rev: __,
      outletNumber: ___,
      isStaticQrisDoubtful: ____,
      ...settings
    } = await scene.settings()
    const read = parseQris(STATIC)
    const { closeEnvelope } = await import('#shared/payment/qris/envelope.ts')
    const objects = read.ok ? read.value.objects : []
    const renamed = objects.map((one) => (one.id === '59' ? { ...one, value: 'KOPI CONTOI' } : one))
    const closed = closeEnvelope(renamed)
    const staticQris = closed.ok ? closed.value : ''
    await scene.shop.asHouse('outlet.set_payment', {
      outletId: there.id,
      settings: { ...settings, staticQris },
    })
    // Somebody copies the code and its mark from there: both are true, and neither is this outlet's.
    const body = JSON.stringify({ ...(await scene.settings()), staticQris })
    await scene.shop.door.writer.submit(async (tx) => {
      await tx.run(
        sql`UPDATE records SET body = ${body} WHERE kind = 'payment_settings' AND id = ${scene.outlet.id}`,
      )
      await tx.run(sql`
        UPDATE approved_codes SET payload_mark = (SELECT there.payload_mark FROM approved_codes AS there WHERE there.outlet_id = ${there.id})
        WHERE outlet_id = ${scene.outlet.id}`)
      return { keep: true, value: undefined }
    })
    await scene.shop.gatewayWork.watchStaticCodes()
    expect((await scene.settings()).isStaticQrisDoubtful).toBe(true)
  })

  test.each([
    ['nothing to show', { staticQris: null }, 'settings.static_needs_code'],
    ['a code of one transaction', { staticQris: DYNAMIC }, 'qris.static_refused'],
    ['a damaged code', { staticQris: STATIC.replace('BANDUNG', 'BENDUNG') }, 'qris.static_refused'],
    ['QRIS without a provider', { methods: ['qris'] }, 'settings.qris_needs_provider'],
  ])('settings with %s are not saved', async (_, change, code) => {
    const scene = await createPayingScene({ dialect, settings: withStatic })
    const { id: __, rev, outletNumber: ___, isStaticQrisDoubtful: ____, ...settings } = await scene.settings()
    const answer = await scene.manager.send('outlet.set_payment', {
      outletId: scene.outlet.id,
      settings: { ...settings, ...change },
    })
    expect(answer.body.refusal.code).toBe(code)
    expect((await scene.settings()).rev).toBe(rev)
  })
})
