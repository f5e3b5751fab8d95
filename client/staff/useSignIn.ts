import { ref } from 'vue'
import { askServer } from '../sync/api.ts'
import { useDesk } from './useDesk.ts'

/** What became of a PIN. `refused` carries the code for the dictionary. */
type SignInOutcome =
  | { readonly kind: 'signed_in' }
  | { readonly kind: 'wrong_pin'; readonly triesLeft: number }
  | { readonly kind: 'locked' }
  | { readonly kind: 'refused'; readonly refusal: { readonly code: string } }

type Answer = { readonly ok: boolean; readonly code?: string; readonly triesLeft?: number }

/** Signs a person in on this device. A PIN is asked for online only: nothing on the device could check it. */
export function useSignIn() {
  const isChecking = ref(false)
  const { announce } = useDesk()

  async function signIn(staffId: string, pin: string): Promise<SignInOutcome> {
    isChecking.value = true
    try {
      const asked = await askServer<'staff.sign_in', Answer>('staff.sign_in', { staffId, pin })
      if (!asked.ok)
        return asked.refusal.code === 'device.locked'
          ? { kind: 'locked' }
          : { kind: 'refused', refusal: asked.refusal }
      if (asked.result.ok) {
        await announce()
        return { kind: 'signed_in' }
      }
      if (asked.result.code === 'device.locked') return { kind: 'locked' }
      return { kind: 'wrong_pin', triesLeft: asked.result.triesLeft ?? 0 }
    } finally {
      isChecking.value = false
    }
  }

  return { isChecking, signIn }
}
