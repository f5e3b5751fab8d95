import * as v from 'valibot'
import { refuse } from '#shared/kernel/result.ts'
import type { GatewayDeps, GatewayResult } from '../gateway.ts'
import { type ProviderClient, type ProviderRequest, readFields } from '../provider/provider-client.ts'
import { xenditError, xenditRefusal } from './xendit-answers.ts'

export const GATEWAY = 'xendit'
const VERSION = { 'api-version': '2024-11-11' }

export type Xendit = { readonly deps: GatewayDeps; readonly client: ProviderClient }

/** Sends, and takes apart the answer, or says why there is none. */
export async function ask<const S extends v.GenericSchema>(
  xendit: Xendit,
  request: ProviderRequest,
  schema: S,
): Promise<GatewayResult<v.InferOutput<S>>> {
  const sent = await xendit.client.send({ ...request, headers: { ...VERSION, ...request.headers } })
  if (!sent.ok) return sent
  const { httpStatus, json } = sent.value
  const mayHaveHappened = request.method === 'POST'
  if (httpStatus === 200 || httpStatus === 201) return readFields(GATEWAY, schema, json, mayHaveHappened)
  const error = v.safeParse(xenditError, json)
  if (error.success) return refuse(xenditRefusal(error.output.error_code, error.output.message))
  if (httpStatus === 401) return refuse(xenditRefusal('INVALID_API_KEY', ''))
  return refuse({
    code: 'gateway.bad_answer',
    gateway: GATEWAY,
    why: 'status',
    field: String(httpStatus),
    mayHaveHappened,
  })
}

export function mismatch(field: string, mayHaveHappened: boolean) {
  return refuse({ code: 'gateway.bad_answer', gateway: GATEWAY, why: 'mismatch', field, mayHaveHappened })
}
