import { expect, test } from '@playwright/test'

test('What Playwright turns off in the browser stays off beside what these journeys turn off', async ({
  browser,
}) => {
  const session = await browser.newBrowserCDPSession()
  const { commandLine } = await session.send('SystemInfo.getInfo')
  const lists = [...commandLine.matchAll(/--disable-features=(\S+)/g)].map(([, list = '']) => list.split(','))
  const [byPlaywright = [], obeyed = []] = [lists[0], lists.at(-1)]
  expect(byPlaywright.length).toBeGreaterThan(5)
  expect(obeyed).toEqual(expect.arrayContaining(byPlaywright))
})
