import { nextTick, onMounted, type Ref, type ShallowRef, watch } from 'vue'

/** Keeps a native dialog and `open` in step, whoever closes it: the page, Esc, the back gesture, a tap beside it. */
export function useBottomDialog(
  dialog: Readonly<ShallowRef<HTMLDialogElement | null>>,
  open: Ref<boolean>,
  isDismissible: () => boolean,
): { readonly onCancel: (event: Event) => void } {
  async function follow(): Promise<void> {
    await nextTick()
    const element = dialog.value
    if (!element || element.open === open.value) return
    if (open.value) element.showModal()
    else element.close()
  }

  /** The dialog itself is hit only beside its panel. Esc does the same for the keyboard. */
  function onBackdrop(event: MouseEvent): void {
    if (isDismissible() && event.target === dialog.value) dialog.value?.close()
  }

  watch(open, follow)
  onMounted(() => {
    dialog.value?.addEventListener('click', onBackdrop)
    void follow()
  })
  return {
    onCancel(event) {
      if (!isDismissible()) event.preventDefault()
    },
  }
}
