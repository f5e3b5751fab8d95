/** What one check came to: `says` what is so; when it is wrong, `todo` what to do about it. */
export type Finding =
  | { readonly isSound: true; readonly says: string }
  | { readonly isSound: false; readonly says: string; readonly todo: string }

export type Check = { readonly name: string; readonly run: () => Promise<Finding> }

export function sound(says: string): Finding {
  return { isSound: true, says }
}

export function wrong(says: string, todo: string): Finding {
  return { isSound: false, says, todo }
}

/** Runs the checks in order; each becomes one line. A check that cannot be made is wrong, and ends no other. */
export async function runChecks(
  checks: readonly Check[],
): Promise<{ readonly lines: readonly string[]; readonly wrongs: number }> {
  const lines: string[] = []
  let wrongs = 0
  for (const { name, run } of checks) {
    const finding = await run().catch((error: unknown) =>
      wrong(
        `cannot be checked (${error instanceof Error ? error.message : String(error)})`,
        'mend what is wrong above',
      ),
    )
    if (!finding.isSound) wrongs++
    const words = finding.isSound ? finding.says : `${finding.says}. Do: ${finding.todo}`
    lines.push(`${finding.isSound ? 'ok   ' : 'WRONG'} ${name}: ${words.replaceAll(/\s*\n\s*/g, ' ')}`)
  }
  return { lines, wrongs }
}
