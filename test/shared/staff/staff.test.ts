import { describe, expect, test } from 'vitest'
import { type Duty, dutyIdOf, hasRole, isOnDuty, isWeakPin, ROLES, SHIFT_MS } from '#shared/staff/staff.ts'

describe('roles and PINs', () => {
  test('each role may do what the ones below may, and nothing above', () => {
    for (const [high, role] of ROLES.entries()) {
      for (const [low, needed] of ROLES.entries()) expect(hasRole(role, needed)).toBe(high >= low)
    }
  })

  test.each([
    '000000',
    '111111',
    '123456',
    '234567',
    '654321',
    '012345',
    '987654',
    '121212',
    '123123',
    '567890',
  ])('the PIN %s is the first that anybody tries', (pin) => {
    expect(isWeakPin(pin)).toBe(true)
  })

  test.each(['471190', '582013', '908172', '112233', '246810'])('the PIN %s is allowed', (pin) => {
    expect(isWeakPin(pin)).toBe(false)
  })
})

describe('who is at work', () => {
  const staffId = 'stf_00000000000000000000000001'
  const id = dutyIdOf('out_00000000000000000000000001', staffId)
  const duty: Duty = { id, rev: 1, name: 'Sari', isOn: true, sinceMs: 1000 }

  test.each([
    ['just signed in', duty, 1000, true],
    ['in the last moment of the shift', duty, 1000 + SHIFT_MS - 1, true],
    ['when the shift has run out', duty, 1000 + SHIFT_MS, false],
    ['signed out', { ...duty, isOn: false }, 2000, false],
    ['who may have left another outlet', { ...duty, id: staffId }, 2000, false],
  ])('%s', (_, each, nowMs, isOn) => {
    expect(isOnDuty(each, nowMs)).toBe(isOn)
  })
})
