import { type Ref, ref } from 'vue'
import { NotStoredError } from '../sync/outbox.ts'

/**
 * For a sheet that puts a wish into the outbox: busy meanwhile, and `hasFailed` when this phone could not keep it.
 * `store` answers whether it is kept; any other error is a fault and goes on.
 */
export function useStoring(): {
  readonly isBusy: Readonly<Ref<boolean>>
  readonly hasFailed: Ref<boolean>
  readonly store: (run: () => Promise<unknown>) => Promise<boolean>
} {
  const isBusy = ref(false)
  const hasFailed = ref(false)

  async function store(run: () => Promise<unknown>): Promise<boolean> {
    if (isBusy.value) return false
    isBusy.value = true
    hasFailed.value = false
    try {
      await run()
      return true
    } catch (failure) {
      if (!(failure instanceof NotStoredError)) throw failure
      hasFailed.value = true
      return false
    } finally {
      isBusy.value = false
    }
  }

  return { isBusy, hasFailed, store }
}
