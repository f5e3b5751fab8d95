import type { Role } from '#shared/staff/staff.ts'

/** What `GET /api/desk` answers: what this device is, who may sign in on it, and who has. */
export type Desk = {
  readonly isSetUp: boolean
  readonly mark?: string
  readonly device: { readonly id: string; readonly label: string; readonly outletId: string } | null
  readonly outlet: { readonly id: string; readonly name: string; readonly chainName: string } | null
  readonly people: readonly DeskPerson[]
  readonly me: (DeskPerson & { readonly outletIds: readonly string[] }) | null
  readonly outlets: readonly DeskOutlet[]
}
export type DeskPerson = { readonly id: string; readonly name: string; readonly role: Role }
type DeskOutlet = { readonly id: string; readonly name: string; readonly slug: string }

/** The doors on the way to the board, in their order. */
export type DeskStep = 'unreachable' | 'setup' | 'enrol' | 'signin' | 'ready'

/** Which door stands next; null: nothing is known yet and the server does not answer. */
export function stepOf(desk: Desk | null): DeskStep {
  if (!desk) return 'unreachable'
  if (desk.me) return 'ready'
  if (!desk.isSetUp) return 'setup'
  return desk.device ? 'signin' : 'enrol'
}

/** The outlets that this person may look at: an owner all, everybody else their own. */
export function outletsOf(desk: Desk | null): readonly DeskOutlet[] {
  const me = desk?.me
  if (!desk || !me) return []
  return me.role === 'owner' ? desk.outlets : desk.outlets.filter(({ id }) => me.outletIds.includes(id))
}

/** Where this person works now: the outlet they chose when they may, else the device's, else their first. */
export function currentOutletOf(desk: Desk | null, chosenId: string | null): string | null {
  const mayUse = outletsOf(desk).map(({ id }) => id)
  if (chosenId !== null && mayUse.includes(chosenId)) return chosenId
  return desk?.device?.outletId ?? mayUse[0] ?? null
}
