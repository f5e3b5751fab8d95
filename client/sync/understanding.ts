import * as v from 'valibot'
import { type Change, type RecordKind, recordSchemas } from '#shared/protocol.ts'

/** New fields of a newer server; each pass finds one in every object. */
const MAX_NEW_FIELDS = 20

/**
 * True when this build can show the record. Fields that it does not know are no hindrance: a server
 * that was renewed during opening hours must not blind the boards that are open.
 */
export function isUnderstood({ kind, body }: Change): boolean {
  const schema = recordSchemas[kind as RecordKind] as v.GenericSchema | undefined
  if (!schema) return false
  if (v.is(schema, body)) return true
  const known: unknown = JSON.parse(JSON.stringify(body))
  for (let pass = 0; pass < MAX_NEW_FIELDS; pass++) {
    const read = v.safeParse(schema, known)
    if (read.success) return true
    if (!read.issues.every(isUnknownField)) return false
    for (const { path } of read.issues) if (path) removeField(known, path)
  }
  return false
}

function isUnknownField(issue: v.BaseIssue<unknown>): boolean {
  return issue.type === 'strict_object' && issue.expected === 'never'
}

function removeField(from: unknown, path: readonly v.IssuePathItem[]): void {
  let place = from as Record<PropertyKey, unknown>
  for (const { key } of path.slice(0, -1)) place = place[key as PropertyKey] as Record<PropertyKey, unknown>
  delete place[path.at(-1)?.key as PropertyKey]
}
