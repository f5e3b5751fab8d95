// `npm run menu:import FILE`: replaces the menu of every outlet by a file, or changes nothing.
import { resolve } from 'node:path'
import * as v from 'valibot'
import { ConfigError, readConfig } from '../platform/config.ts'
import { importMenu } from './importing/import-run.ts'
import { readMenuSource } from './importing/import-source.ts'
import {
  faultWords,
  importedWords,
  languageOf,
  refusalWords,
  sourceWords,
  troubleWords,
  USAGE,
} from './importing/import-words.ts'

const language = languageOf(process.env.LANG)

const faultsSchema = v.object({
  lines: v.array(v.object({ message: v.object({ id: v.string(), en: v.string() }) })),
  total: v.number(),
})

/** A cell that is quoted in a message must not be able to move the cursor or colour the terminal. */
function say(stream: NodeJS.WriteStream, words: string): void {
  stream.write(`${words.replace(/(?!\n)\p{Cc}/gu, '\ufffd')}\n`)
}

/** A name is meant from where the command was typed; npm itself goes to the project's folder first. */
function pathOf(file: string): string {
  if (file === '-') return file
  const typedIn = process.env.npm_lifecycle_event === 'menu:import' ? process.env.INIT_CWD : undefined
  return resolve(typedIn ?? process.cwd(), file)
}

function refusedWords(refusal: { readonly code: string }): string {
  const faults = v.safeParse(faultsSchema, refusal)
  if (refusal.code === 'menu.file_refused' && faults.success) {
    return faultWords(faults.output.lines, faults.output.total, language)
  }
  return refusalWords(refusal.code, language)
}

/** Returns the exit code: 0 imported, 1 refused, 2 wrong use. */
async function run(args: readonly string[]): Promise<number> {
  const [file, ...others] = args
  if (!file || others.length > 0 || (file !== '-' && file.startsWith('-'))) {
    say(process.stderr, USAGE[language])
    return 2
  }
  const source = await readMenuSource(pathOf(file))
  if (!source.ok) {
    say(process.stderr, sourceWords(source.refusal, file, language))
    return 1
  }
  const imported = await importMenu(readConfig(process.env), source.value)
  if (!imported.ok) {
    say(process.stderr, refusedWords(imported.refusal))
    return 1
  }
  say(process.stdout, importedWords(imported.value, language))
  return 0
}

run(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error)
    say(process.stderr, error instanceof ConfigError ? message : troubleWords(message, language))
    process.exitCode = 1
  },
)
