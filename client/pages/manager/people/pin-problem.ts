import { isWeakPin } from '#shared/staff/staff.ts'

/** What is wrong with a PIN typed twice; null when it may be sent. */
export function pinProblem(pin: string, again: string): 'digits' | 'weak' | 'different' | null {
  if (!/^\d{6}$/.test(pin)) return 'digits'
  if (isWeakPin(pin)) return 'weak'
  return pin === again ? null : 'different'
}
