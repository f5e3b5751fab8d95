import { computed, type InjectionKey, inject, provide } from 'vue'
import type { OutletSettings } from '#shared/outlet/outlet.ts'
import { useWords } from '../../../i18n/staff/staff-words.ts'
import { outletProblems, type ProblemCode } from './outlet-problems.ts'

const errorKey: InjectionKey<(path: string) => string> = Symbol('outlet errors')

/** Hands the form's parts the sentence of each field; `isShown` keeps quiet until somebody has tried to save. */
export function provideOutletErrors(draft: () => OutletSettings | null, isShown: () => boolean) {
  const t = useWords()
  const problems = computed(() => {
    const held = draft()
    return held ? outletProblems(held) : new Map<string, ProblemCode>()
  })
  const sentences = computed(
    () => new Map([...problems.value].map(([path, code]) => [path, t.value.manager.outlet.problem[code]])),
  )
  provide(errorKey, (path) => (isShown() ? (sentences.value.get(path) ?? '') : ''))
  return problems
}

/** The sentence of the field at a dotted path such as `hours.1.0.from`; '' when it is right. */
export function useOutletErrors(): (path: string) => string {
  return inject(errorKey, () => '')
}
