import type { Secrets } from './secrets.ts'

/**
 * Arguments short enough to be guessed, and of use beyond their command. One that was compared would tell
 * everybody who knows a command's id whether a guess is right, uncounted, and its quick hash would lie beside
 * the slow one. A one-time code stays in: it is used up, and who has it shall have the first answer.
 */
export const SECRET_ARGUMENTS: ReadonlySet<string> = new Set(['pin', 'word'])

/** What rows hold that were kept before secrets were left out: nothing but their name is compared. */
const NOT_COMPARED = 'null'

function withoutSecrets(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const fields = Object.entries(value)
  if (!fields.some(([field]) => SECRET_ARGUMENTS.has(field))) return value
  return Object.fromEntries(fields.filter(([field]) => !SECRET_ARGUMENTS.has(field)))
}

/**
 * One keyed fingerprint for each argument that is no secret, so that a reused id can be answered with the
 * field that differs. Secrets stand among the arguments, or among the fields of one of them.
 */
export function fingerprintsOf(
  args: Readonly<Record<string, unknown>>,
  secrets: Secrets,
): Record<string, string> {
  return Object.fromEntries(
    Object.keys(args)
      .filter((field) => !SECRET_ARGUMENTS.has(field))
      .sort()
      .map((field) => [field, secrets.fingerprint(JSON.stringify(withoutSecrets(args[field])) ?? '')]),
  )
}

/** True when the row says nothing of its arguments any more. */
export function isNotCompared(before: string): boolean {
  return before === NOT_COMPARED
}

/** The first argument that is another than before, or null. */
export function differingField(before: string, after: Record<string, string>): string | null {
  if (isNotCompared(before)) return null
  const earlier = JSON.parse(before) as Record<string, string>
  const fields = [...new Set([...Object.keys(earlier), ...Object.keys(after)])]
  return fields.find((field) => earlier[field] !== after[field]) ?? null
}
