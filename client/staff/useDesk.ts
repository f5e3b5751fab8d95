import { computed, ref, shallowRef } from 'vue'
import { hasRole } from '#shared/staff/staff.ts'
import { askServer, getJson } from '../sync/api.ts'
import { onOpenedLate, readSetting, writeSetting } from '../sync/db.ts'
import { restartFeed } from '../sync/feed.ts'
import { currentOutletOf, type Desk, outletsOf, stepOf } from './desk.ts'

const DESK_KEY = 'desk'
const OUTLET_KEY = 'desk.outletId'
const LAST_PERSON_KEY = 'desk.lastPersonId'

const desk = shallowRef<Desk | null>(null)
const chosenOutletId = ref<string | null>(null)
const lastPersonId = ref<string | null>(null)
const currentOutletId = computed({
  get: () => currentOutletOf(desk.value, chosenOutletId.value),
  set: (outletId: string | null) => {
    chosenOutletId.value = outletId
    void keep(OUTLET_KEY, outletId)
    restartFeed()
  },
})

/** A tab that signs in or out tells the others, which share the cookie. */
const otherTabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('meja-desk')
otherTabs?.addEventListener('message', () => void refresh())

const state = {
  desk,
  step: computed(() => stepOf(desk.value)),
  me: computed(() => desk.value?.me ?? null),
  /** The shop's sign; empty while the server has told none. */
  mark: computed(() => desk.value?.mark ?? ''),
  device: computed(() => desk.value?.device ?? null),
  outlet: computed(
    () => desk.value?.outlets.find(({ id }) => id === currentOutletId.value) ?? desk.value?.outlet ?? null,
  ),
  /** Those that `me` may look at; every outlet before anybody has signed in. */
  outlets: computed(() => (desk.value?.me ? outletsOf(desk.value) : (desk.value?.outlets ?? []))),
  people: computed(() => desk.value?.people ?? []),
  isSetUp: computed(() => desk.value?.isSetUp ?? false),
  canManage: computed(() => hasRole(desk.value?.me?.role ?? 'barista', 'manager')),
  /** Settable; a person who may work at several outlets switches here. */
  currentOutletId,
  /** Who worked on this device last; their moves may still wait when the session has ended. */
  lastPersonId,
}

/** What this device is and who works on it; kept on the device, so that it is known without a network. */
export function useDesk() {
  return { ...state, restore, refresh, signOut, announce }
}

/** A device whose storage fails knows less after its next start; until then it works. */
async function keep(key: string, value: unknown): Promise<void> {
  await writeSetting(key, value).catch(() => undefined)
}

/** What was known when the app was last open; nothing where storage fails. */
async function restore(): Promise<void> {
  const [known, outletId, personId] = await Promise.all([
    readSetting<Desk>(DESK_KEY),
    readSetting<string | null>(OUTLET_KEY),
    readSetting<string>(LAST_PERSON_KEY),
  ]).catch(() => [])
  desk.value ??= known ?? null
  chosenOutletId.value ??= outletId ?? null
  lastPersonId.value ??= personId ?? null
}
onOpenedLate(restore)

/** Asks the server. Answers false, and keeps what is known, when it cannot be reached. */
async function refresh(): Promise<boolean> {
  const { body } = await getJson<Desk>('/api/desk')
  if (!body) return false
  const before = desk.value?.me?.id
  desk.value = body
  await keep(DESK_KEY, body)
  if (body.me && body.me.id !== lastPersonId.value) {
    lastPersonId.value = body.me.id
    await keep(LAST_PERSON_KEY, body.me.id)
  }
  if (body.me?.id !== before) restartFeed()
  return true
}

/** After this tab has signed somebody in or out, set up or enrolled. */
async function announce(): Promise<boolean> {
  const isKnown = await refresh()
  otherTabs?.postMessage('changed')
  return isKnown
}

/** Null when it worked, else the refusal. The caller has made sure that no move waits. */
async function signOut(): Promise<{ readonly code: string } | null> {
  const answer = await askServer('staff.sign_out', {})
  if (!answer.ok) return answer.refusal
  await announce()
  return null
}
