import { expect, test } from '@playwright/test'
import { shopOfThisFile } from './support/shop.ts'
import { findWebkit, WebkitBrowser } from './webkit-driver.ts'

const shop = shopOfThisFile()
const webkit = findWebkit()

const heading = "return document.querySelector('h1')?.textContent?.trim() ?? ''"

/** Begins to count what the phone holds of such streams, for whoever looks again. */
const countRows = (prefix: string) => `
  const opening = indexedDB.open('meja-customer')
  opening.onsuccess = () => {
    const all = opening.result.transaction('records').objectStore('records').getAll()
    all.onsuccess = () => {
      window.rowsLeft = all.result.filter(({ stream }) => stream.startsWith('${prefix}')).length
      opening.result.close()
    }
  }`

/** The page's title says it; on a busy machine this engine takes long to come back to a server. */
async function untilHeading(browser: WebkitBrowser, ...wanted: readonly string[]): Promise<void> {
  await browser.until(
    `a title ${wanted.join(' or ')}`,
    `return ${JSON.stringify(wanted)}.includes(document.querySelector('h1')?.textContent?.trim())`,
    40_000,
  )
}

test('On an iPhone’s browser engine a guest scans, orders, loses the signal and gets what was ordered', async () => {
  test.skip(webkit === null, 'WebKitWebDriver is not installed here: apt-get install webkit2gtk-driver xvfb')
  test.setTimeout(180_000)
  if (!webkit) return
  const phone = await WebkitBrowser.open(webkit)
  try {
    await phone.resize(390, 844)
    await phone.goto(shop.current.scanUrl('B7'))
    await phone.until('the table', "return document.body.textContent.includes('Meja B7 · Mojopahit')")
    await phone.until('the stored shell', 'return navigator.serviceWorker.controller !== null', 20_000)

    await test.step('An item with a choice of its own goes into the cart and is ordered', async () => {
      await phone.click('.item .item-open')
      await phone.until(
        'the item',
        "return document.querySelector('dialog[open] .chip input[type=radio]') !== null",
      )
      await phone.click('dialog[open] .footer .confirm')
      await phone.until('the closed sheet', "return document.querySelector('dialog[open]') === null")
      await phone.click('button.bar')
      await phone.click('dialog[open] .footer .send')
      await untilHeading(phone, 'Terkirim ke bar')
      expect(shop.current.orders('B7')).toHaveLength(1)
    })

    await test.step('What the barista does is seen on the phone', async () => {
      const [first] = shop.current.orders('B7')
      const orderId = first?.id ?? ''
      await shop.current.asHouse('order.accept', { orderId, readyInMinutes: 7 })
      await untilHeading(phone, 'Disetujui, menunggu giliran')
      await shop.current.asHouse('order.move', { orderId, from: 'accepted', to: 'preparing' })
      await phone.until(
        'a title of being made',
        `${heading.replace('return ', 'return (')}).startsWith('Sedang diracik')`,
        20_000,
      )
    })

    await test.step('Without signal the next order is kept on the phone, also through a reload', async () => {
      await shop.current.stopServer()
      await phone.goto(shop.current.scanUrl('B7'))
      await phone.click('.item .add')
      await phone.click('button.bar:not(.is-quiet)')
      await phone.click('dialog[open] .footer .send')
      await untilHeading(phone, 'Tersimpan, belum terkirim')
      await phone.goto(`${shop.current.url}/orders`)
      await untilHeading(phone, 'Tersimpan, belum terkirim')
    })

    await test.step('With the signal back it is sent, once', async () => {
      await shop.current.startServer()
      await phone.run("window.dispatchEvent(new Event('online'))")
      await expect.poll(() => shop.current.orders('B7'), { timeout: 20_000 }).toHaveLength(2)
      await phone.until(
        'no kept order',
        "return !document.body.textContent.includes('Tersimpan di HP ini')",
        20_000,
      )
      await phone.goto(`${shop.current.url}/orders`)
      await phone.until('both orders', "return document.querySelectorAll('article.card').length === 2")
      expect(shop.current.orders('B7')).toHaveLength(2)
    })

    await test.step('A visit that closes is gone from the phone, which finds nothing wrong with its storage', async () => {
      await shop.current.asHouse('visit.close', { visitId: shop.current.visitId('B7') })
      await untilHeading(phone, 'Kunjungan ini sudah ditutup')
      await phone.until('no record of the visit', `${countRows('visit:')}; return window.rowsLeft === 0`)
      expect(await phone.run("return document.querySelector('.storage')")).toBeNull()
    })
  } catch (error) {
    await test.info().attach('screen', { body: await phone.screenshot(), contentType: 'image/png' })
    throw error
  } finally {
    await phone.close()
  }
})
