import { type Ref, ref, watch } from 'vue'

/**
 * A number as people write it. What is no such number becomes NaN, which the schema refuses; what is being typed is
 * rewritten only when the number changed from elsewhere.
 */
export function useTypedNumber(
  value: Ref<number>,
  read: (text: string) => number,
  written: (value: number) => string,
): { readonly typed: Readonly<Ref<string>>; readonly onTyped: (text: string) => void } {
  const typed = ref(written(value.value))
  watch(value, (next) => {
    if (!Number.isNaN(next) && read(typed.value) !== next) typed.value = written(next)
  })
  return {
    typed,
    onTyped(text) {
      typed.value = text
      value.value = read(text)
    },
  }
}
