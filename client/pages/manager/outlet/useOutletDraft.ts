import { computed, ref, watch } from 'vue'
import type { Outlet, OutletSettings } from '#shared/outlet/outlet.ts'
import { draftOf, isSameDraft } from './outlet-draft.ts'

/** The settings in the making. As long as nothing was changed they follow what others save. */
export function useOutletDraft(outlet: () => Outlet | undefined) {
  /** What the form began with, and what it holds now. */
  const base = ref<OutletSettings | null>(null)
  const draft = ref<OutletSettings | null>(null)
  const isDirty = computed(() => !!base.value && !!draft.value && !isSameDraft(base.value, draft.value))
  const present = computed(() => {
    const known = outlet()
    return known ? draftOf(known) : null
  })
  /** Somebody else has saved meanwhile. */
  const isOutdated = computed(
    () => isDirty.value && !!present.value && !!base.value && !isSameDraft(present.value, base.value),
  )

  function restart(): void {
    const known = outlet()
    if (!known) return
    base.value = draftOf(known)
    draft.value = draftOf(known)
  }

  watch(
    present,
    (now) => {
      if (now && !isDirty.value) restart()
    },
    { immediate: true },
  )

  return {
    draft,
    isDirty,
    isOutdated,
    restart,
    /** What was sent is the new ground; what was typed meanwhile stays unsaved. */
    ground(sent: string): void {
      base.value = JSON.parse(sent) as OutletSettings
    },
  }
}
