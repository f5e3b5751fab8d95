import { onScopeDispose, readonly, ref, watch } from 'vue'

const unsaved = ref(false)

/** True while a form holds changes that were not sent; switching the outlet would lose them. */
export const isUnsaved = readonly(unsaved)

/** Guards a form against a closed tab, for as long as `isDirty` says that it holds changes. */
export function guardUnsaved(isDirty: () => boolean): void {
  const ask = (event: BeforeUnloadEvent) => event.preventDefault()
  watch(
    isDirty,
    (dirty) => {
      unsaved.value = dirty
      // Only while needed: a page with this listener is not kept for the back button.
      if (dirty) window.addEventListener('beforeunload', ask)
      else window.removeEventListener('beforeunload', ask)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    unsaved.value = false
    window.removeEventListener('beforeunload', ask)
  })
}
