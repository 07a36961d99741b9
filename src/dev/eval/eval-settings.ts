import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { packageRoot } from '../../app/config/load-config.js'
import { AppError } from '../../core/errors/app-error.js'

/** What `npm run eval` is asked to measure. */
export interface EvalSettings {
  readonly corpus: string
  /** File or folder. */
  readonly questions: string
  /** Whether parameters were chosen on half of the questions, so that the halves are told apart. */
  readonly halves: boolean
  readonly withModel: boolean
  readonly jsonPath?: string
}

export const evalUsage = 'npm run eval -- [--with-model] [--corpus DIR --questions FILE_OR_DIR] [--json FILE]'

/** Fails with USAGE for an unknown option, or a corpus without questions. */
export function parseEvalSettings(args: readonly string[]): EvalSettings {
  const { corpus, questions, json, 'with-model': withModel = false } = parseOptions(args)
  if ((corpus === undefined) !== (questions === undefined)) {
    throw new AppError('USAGE', { problem: `--corpus and --questions go together: ${evalUsage}` })
  }
  return {
    corpus: resolve(corpus ?? join(packageRoot, 'corpus')),
    questions: resolve(questions ?? join(packageRoot, 'test', 'golden', 'questions')),
    halves: questions === undefined,
    withModel,
    ...(json === undefined ? {} : { jsonPath: resolve(json) }),
  }
}

function parseOptions(args: readonly string[]) {
  try {
    const text = { type: 'string' } as const
    const options = { corpus: text, questions: text, json: text, 'with-model': { type: 'boolean' } } as const
    return parseArgs({ args: [...args], options }).values
  } catch (cause) {
    throw new AppError('USAGE', { problem: `${cause instanceof Error ? cause.message : String(cause)} Usage: ${evalUsage}` }, cause)
  }
}
