// An expected refusal is a value, never an exception: the caller must look at it to get at the answer.

type Ok<T> = { readonly ok: true; readonly value: T }
export type Refused<R> = { readonly ok: false; readonly refusal: R }
export type Result<T, R> = Ok<T> | Refused<R>

/** A refusal: its code (also a dictionary key) and the facts that its sentence needs. */
export type Refusal<Code extends string = string> = {
  readonly code: Code
  readonly [fact: string]: unknown
}

export function ok<T>(value: T): Ok<T> {
  return { ok: true, value }
}

export function refuse<const R extends Refusal>(refusal: R): Refused<R> {
  return { ok: false, refusal }
}
