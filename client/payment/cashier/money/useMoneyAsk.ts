import { computed, ref, shallowRef } from 'vue'
import type { CommandArgs, CommandName } from '#shared/protocol.ts'
import { type RefusalFacts, refusalSentence } from '../../../i18n/dictionary.ts'
import { useWords } from '../../../i18n/staff/staff-words.ts'
import { postCommand } from '../../../sync/api.ts'
import { connectionState } from '../../../sync/connection.ts'
import { restartFeed } from '../../../sync/feed.ts'
import { makeId } from '../../../sync/ids.ts'

const TRIES = 3
const LONGEST_WAIT_MS = 5_000

/**
 * Asks the server for one move of money. Without an answer nobody knows whether it was made: pressed again,
 * the very same command goes out under its first id, and the server does it once, whatever arrived before.
 */
export function useMoneyAsk() {
  const t = useWords()
  const isBusy = ref(false)
  const refusal = shallowRef<RefusalFacts | null>(null)
  let unanswered: { readonly key: string; readonly id: string } | null = null
  const sentences = computed(() => ({ ...t.value.refusal, ...t.value.cashier.refusal }))
  const failure = computed(() => (refusal.value ? refusalSentence(sentences.value, refusal.value) : ''))

  async function send(
    name: CommandName,
    args: unknown,
  ): Promise<RefusalFacts | { readonly result: unknown }> {
    const key = JSON.stringify([name, args])
    const id = unanswered?.key === key ? unanswered.id : makeId('cmd')
    if (!navigator.onLine) return { code: 'network.offline' }
    unanswered = { key, id }
    for (let tries = 1; tries <= TRIES; tries++) {
      const attempt = await postCommand(name, id, args)
      if (attempt.kind === 'answer') {
        unanswered = null
        // Who answers can be listened to: what this changed should be seen now, not after the next pause.
        if (connectionState.value === 'offline') restartFeed()
        return attempt.answer.ok ? { result: attempt.answer.result } : attempt.answer.refusal
      }
      const waitMs = attempt.kind === 'later' ? Math.max(attempt.waitMs, 500) : 500 * tries
      if (tries === TRIES || waitMs > LONGEST_WAIT_MS || !navigator.onLine) break
      await new Promise((resolve) => setTimeout(resolve, waitMs))
    }
    return { code: 'network.unreachable' }
  }

  /** Null when it was refused or nobody knows; `failure` then says which. */
  async function ask<Name extends CommandName, Answer = unknown>(
    name: Name,
    args: CommandArgs<Name>,
  ): Promise<{ readonly result: Answer } | null> {
    if (isBusy.value) return null
    isBusy.value = true
    refusal.value = null
    try {
      const answered = await send(name, args)
      if ('result' in answered) return { result: answered.result as Answer }
      refusal.value = answered
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
