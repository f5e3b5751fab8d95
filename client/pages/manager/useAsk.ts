import { computed, ref, shallowRef } from 'vue'
import type { CommandArgs, CommandName } from '#shared/protocol.ts'
import { type RefusalFacts, refusalSentence } from '../../i18n/dictionary.ts'
import { useWords } from '../../i18n/staff/staff-words.ts'
import { askServer } from '../../sync/api.ts'

/**
 * Asks the server for one change at a time and holds how it went: busy, or the refusal in words.
 * `ask` answers null when nothing was changed, or when nobody knows; `failure` then says which.
 */
export function useAsk() {
  const t = useWords()
  const isBusy = ref(false)
  const refusal = shallowRef<RefusalFacts | null>(null)
  // A manager's sentences come first: here an unanswered change may have been made, at a sign-in it was not.
  const sentences = computed(() => ({ ...t.value.refusal, ...t.value.manager.refusal }))
  const failure = computed(() => (refusal.value ? refusalSentence(sentences.value, refusal.value) : ''))

  async function ask<Name extends CommandName, Answer = unknown>(
    name: Name,
    args: CommandArgs<Name>,
  ): Promise<{ readonly result: Answer } | null> {
    if (isBusy.value) return null
    refusal.value = null
    // Not sent at all, so more can be said than "nobody knows".
    if (!navigator.onLine) {
      refusal.value = { code: 'network.offline' }
      return null
    }
    isBusy.value = true
    try {
      const asked = await askServer<Name, Answer>(name, args)
      if (asked.ok) return { result: asked.result }
      refusal.value = asked.refusal
      return null
    } finally {
      isBusy.value = false
    }
  }

  function forget(): void {
    refusal.value = null
  }

  return { ask, isBusy, refusal, failure, forget }
}
