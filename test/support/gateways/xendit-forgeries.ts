import type { Forgery } from './payer.ts'

/** The `edited_…` ones carry the right token: it proves the sender of some message, never this one. */
export function forgeXendit(
  honest: Record<string, unknown>,
  token: string,
  forgery: Forgery,
): { readonly headers: Record<string, string>; readonly data: Record<string, unknown> } {
  if (forgery === 'no_proof') return { headers: {}, data: honest }
  if (forgery === 'wrong_key')
    return { headers: { 'x-callback-token': `${token.slice(0, -1)}!` }, data: honest }
  const edit = {
    edited_amount: { request_amount: 1, captures: [] },
    edited_status: { status: 'SUCCEEDED' },
    edited_reference: { reference_id: 'SOMEBODY-ELSE' },
  }
  return { headers: { 'x-callback-token': token }, data: { ...honest, ...edit[forgery] } }
}
