import { describe, expect, it } from 'vitest'
import { type Burst, wedgeStep } from '../../../../client/payment/cashier/scan/wedge.ts'

/** Presses the keys one after another, `gapMs` apart; answers every code that was heard. */
function press(keys: readonly string[], gapMs: number | ((index: number) => number)): string[] {
  const heard: string[] = []
  let burst: Burst | null = null
  let atMs = 1000
  for (const [index, key] of keys.entries()) {
    atMs += typeof gapMs === 'number' ? gapMs : gapMs(index)
    const step = wedgeStep(burst, { key, atMs })
    burst = step.kind === 'began' || step.kind === 'grew' ? step.burst : null
    if (step.kind === 'scanned') heard.push(step.text)
  }
  return heard
}

const CODE = '700123456789'

describe('A hand scanner', () => {
  it.each([2, 15, 45])('is heard at %i ms a key', (gapMs) => {
    expect(press([...CODE, 'Enter'], gapMs)).toEqual([CODE])
  })

  it('is told from the fastest typist, who needs longer for every key', () => {
    expect(press([...CODE, 'Enter'], 70)).toEqual([])
    expect(press([...'Rina Kusuma', 'Enter'], 130)).toEqual([])
  })

  it('is heard right behind what somebody was typing', () => {
    const keys = [...'kopi', ...CODE, 'Enter']
    expect(press(keys, (index) => (index <= 4 ? 200 : 8))).toEqual([CODE])
  })

  it('leaves a short number and Enter to whoever typed them', () => {
    expect(press([...'50000', 'Enter'], 20)).toEqual([])
  })

  it('is heard when it holds Shift for capitals and ends with Tab', () => {
    expect(press(['Shift', 'H', 't', 't', 'p', 's', ':', '/', '/', 'x', 'Tab'], 6)).toEqual(['Https://x'])
  })

  it('forgets a half code that was followed by a pause or another key', () => {
    expect(press([...'7001234567', 'ArrowLeft', '8', '9', 'Enter'], 6)).toEqual([])
    expect(press([...CODE, 'Enter'], (index) => (index === 11 ? 900 : 6))).toEqual([])
  })
})
