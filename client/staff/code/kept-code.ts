export type CodeDoor = 'setup' | 'enrol'

/** What stands in the code's field, and the outlet that its link named. */
interface KeptCode {
  readonly code: string
  readonly outlet: string
}

const keyOf = (door: CodeDoor) => `meja.code.${door}`

/** Kept for this tab alone and until it was used, so that a reload costs nobody a code that is printed only once. */
export function readCode(door: CodeDoor): KeptCode {
  try {
    const [code = '', outlet = ''] = (sessionStorage.getItem(keyOf(door)) ?? '').split('\n')
    return { code, outlet }
  } catch {
    // Storage may be blocked; the code then lasts as long as the page.
    return { code: '', outlet: '' }
  }
}

export function keepCode(door: CodeDoor, { code, outlet }: KeptCode): void {
  try {
    if (code === '') sessionStorage.removeItem(keyOf(door))
    else sessionStorage.setItem(keyOf(door), `${code}\n${outlet}`)
  } catch {
    // As above: nothing but a reload would miss it.
  }
}
