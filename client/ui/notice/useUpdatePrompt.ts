import { type Ref, readonly, ref } from 'vue'
import type { Workbox } from 'workbox-window'

type WorkerUrl = ConstructorParameters<typeof Workbox>[0]

declare global {
  interface Window {
    readonly trustedTypes?: {
      createPolicy(
        name: string,
        rules: { createScriptURL: () => string },
      ): { createScriptURL(text: string): Exclude<WorkerUrl, string> }
    }
  }
}

interface UpdateSettings {
  readonly url: string
  readonly scope: string
  /** False while a cart or an outbox holds something: the page then never reloads. */
  readonly mayUpdate: () => boolean
}

interface UpdatePrompt {
  /** The shell is stored: the app opens without signal. Stays false where workers are missing or blocked. */
  readonly isShellSaved: Readonly<Ref<boolean>>
  readonly updateReady: Readonly<Ref<boolean>>
  /** Answers false, and does nothing, while `mayUpdate` says so. */
  readonly applyUpdate: () => boolean
}

const checkEveryMs = 60 * 60 * 1_000

/** Call it once per app. The worker is registered after the page has loaded, so that it never delays the first paint. */
export function useUpdatePrompt(settings: UpdateSettings): UpdatePrompt {
  const isShellSaved = ref(false)
  const updateReady = ref(false)
  let askToTakeOver: (() => void) | null = null
  let isAccepted = false
  let isReloadDue = false

  function applyUpdate(): boolean {
    if (!settings.mayUpdate()) return false
    isAccepted = true
    if (isReloadDue) location.reload()
    else askToTakeOver?.()
    return true
  }

  /** A new worker answers now. Where it was not accepted, but in another tab, it is offered: somebody may be typing. */
  function onTakenOver(): void {
    isReloadDue = true
    updateReady.value = true
    if (isAccepted) applyUpdate()
  }

  async function register(): Promise<void> {
    const { Workbox } = await import('workbox-window')
    const worker = new Workbox(trustedWorkerUrl(settings.url), {
      scope: settings.scope,
      updateViaCache: 'none',
    })
    askToTakeOver = () => worker.messageSkipWaiting()
    worker.addEventListener('waiting', () => {
      updateReady.value = true
    })
    followController(settings.url, onTakenOver)
    await worker.register()
    void navigator.serviceWorker.ready.then(() => {
      isShellSaved.value = true
    })
    checkNowAndThen(() => worker.update())
  }

  if ('serviceWorker' in navigator && import.meta.env.PROD) {
    // Refused by private mode, policy or a lost signal: the app works on, `isShellSaved` stays false, the next visit tries again.
    afterLoad(() => void register().catch(() => undefined))
  }
  return { isShellSaved: readonly(isShellSaved), updateReady: readonly(updateReady), applyUpdate }
}

function afterLoad(run: () => void): void {
  if (document.readyState === 'complete') run()
  else window.addEventListener('load', run, { once: true })
}

/**
 * The app's own worker after its own worker is an update. Its first one is none, also where another app's worker
 * answered before: that of `/` controls the pages of `/staff/` until they have theirs.
 */
function followController(url: string, onUpdate: () => void): void {
  const isOwnInCharge = () => {
    const script = navigator.serviceWorker.controller?.scriptURL
    return script !== undefined && new URL(script).pathname === url
  }
  let wasOwn = isOwnInCharge()
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    const isOwn = isOwnInCharge()
    if (wasOwn && isOwn) onUpdate()
    wasOwn = isOwn
  })
}

/** A board stays open for days and would otherwise never ask. */
function checkNowAndThen(check: () => Promise<void>): void {
  let lastCheckMs = Date.now()
  const checkIfDue = () => {
    const isDue = Date.now() - lastCheckMs >= checkEveryMs
    if (!isDue || document.visibilityState === 'hidden' || !navigator.onLine) return
    lastCheckMs = Date.now()
    // Without signal there is nothing new; the next hour asks again.
    void check().catch(() => undefined)
  }
  document.addEventListener('visibilitychange', checkIfDue)
  window.setInterval(checkIfDue, checkEveryMs / 4)
}

/** Under `require-trusted-types-for 'script'` a plain text is refused; the policy's name must stand in the server's CSP. */
function trustedWorkerUrl(url: string): WorkerUrl {
  const policy = window.trustedTypes?.createPolicy('meja-worker', { createScriptURL: () => url })
  return policy?.createScriptURL('') ?? url
}
