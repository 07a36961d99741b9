import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { packageRoot } from '../app/config/load-config.js'
import { AppError, toAppError } from '../core/errors/app-error.js'
import { retrievalParts } from '../core/types/question.js'
import type { QuestionFlags } from './command-context.js'
import { type CommonFlags, run } from './run-command.js'

const usageExit = 2

/** Runs one command line and returns its exit code; everything that fails has been told on standard error. */
export async function main(args: readonly string[]): Promise<number> {
  let exitCode = 0
  const program = createProgram((code) => {
    exitCode = code
  })
  try {
    await program.parseAsync([...args], { from: 'user' })
    return exitCode
  } catch (error) {
    // commander has printed its message already; asking for help or the version is no mistake.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageExit
    const { code, message, remedy, exitCode: failed } = toAppError(error)
    process.stderr.write(`Error: ${message}\n  → ${remedy} (${code})\n`)
    return failed
  }
}

type Done = (exitCode: number) => void

function createProgram(done: Done): Command {
  const program = new Command('pilotbook')
  program
    .description('Answers questions about Docker out of your Docker books, with the lines of the book under every sentence.')
    .version(readVersion(), '-V, --version')
    .exitOverride()
    .showHelpAfterError('Run with --help to see what there is.')
    .configureHelp({ showGlobalOptions: false })
  addQuestionCommands(program, done)
  addChatCommand(program, done)
  addLibraryCommands(program, done)
  addEvalCommand(program, done)
  addServiceCommands(program, done)
  return program
}

function addQuestionCommands(program: Command, done: Done): void {
  questionCommand(program, 'ask', 'answer a question from the books, with citations')
    .option('--model <name>', 'chat model in Ollama; fails when it cannot be had')
    .option('--no-stream', 'print the answer when it is complete')
    .option('--format <format>', 'print the answer as a file to keep, with footnotes: markdown, html or json')
    .action(async (words: string[], flags: CommonFlags & QuestionFlags & { stream?: boolean; format?: string }) => {
      const { askCommand } = await import('./commands/ask.js')
      done(await run(flags, (context) => askCommand(words.join(' '), flags, context)))
    })
  questionCommand(program, 'search', 'show the best passages for a question')
    .option('--explain', 'also tell how the passages were found: terms, concepts, scores, budget, confidence')
    .action(async (words: string[], flags: CommonFlags & QuestionFlags) => {
      const { searchCommand } = await import('./commands/search.js')
      done(await run(flags, (context) => searchCommand(words.join(' '), flags, context)))
    })
}

function addChatCommand(program: Command, done: Done): void {
  retrievalFlags(commonFlags(program.command('chat').description('ask one question after another; follow-ups are understood')))
    .option('--model <name>', 'chat model in Ollama; fails when it cannot be had')
    .action(async (flags: CommonFlags & QuestionFlags) => {
      const { chatCommand } = await import('./commands/chat.js')
      done(await run(flags, (context) => chatCommand(flags, context)))
    })
}

function questionCommand(program: Command, name: string, description: string): Command {
  const command = commonFlags(program.command(name).description(description))
  return retrievalFlags(command.argument('<question...>', 'the question, or - to read one per line from standard input'))
}

function retrievalFlags(command: Command): Command {
  return command
    .option('-k <count>', 'passages to retrieve, 1 to 500')
    .option('--book <name>', 'only this book (may be given several times)', collect)
    .option('--year <years>', 'only books of this year or range, such as 2017 or 2015-2019')
    .option('--each-book', 'the best passage of each book that answers, side by side')
    .option('--without <part>', `leave out a part of retrieval (several times or with commas): ${retrievalParts.join(', ')}`, collect)
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value]
}

function addLibraryCommands(program: Command, done: Done): void {
  commonFlags(program.command('ingest').description('read the books of the corpus folder and build the index')).action(
    async (flags: CommonFlags) => {
      const { ingestCommand } = await import('./commands/ingest.js')
      done(await run(flags, (context) => ingestCommand(flags, context)))
    },
  )
  commonFlags(program.command('books').description('list the books of the index')).action(async (flags: CommonFlags) => {
    const { booksCommand } = await import('./commands/books.js')
    done(await run(flags, (context) => booksCommand(flags, context)))
  })
}

function addEvalCommand(program: Command, done: Done): void {
  commonFlags(program.command('eval').description('measure the search on your own books with questions of your own'))
    .argument('[questions]', 'JSON file, or folder of such files; README shows the shape')
    .option('--answers', 'also write the answers and check their citations')
    .action(async (questions: string | undefined, flags: CommonFlags & { answers?: boolean }) => {
      const { evalCommand } = await import('./commands/eval.js')
      done(await run(flags, (context) => evalCommand(questions, flags, context)))
    })
}

function addServiceCommands(program: Command, done: Done): void {
  commonFlags(program.command('serve').description('serve the page and the API'))
    .option('--host <address>', 'address to listen on (HOST; 127.0.0.1)')
    .option('--port <number>', 'port to listen on, 0 for any free one (PORT; 3000)')
    .option('--ingest', 'ingest first when the books or the embedding model changed')
    .action(async (flags: CommonFlags & { ingest?: boolean }) => {
      const { serveCommand } = await import('./commands/serve.js')
      done(await run(flags, (context) => serveCommand(flags, context)))
    })
  commonFlags(program.command('doctor').description('tell what is in use, what is missing, and what to do')).action(
    async (flags: CommonFlags) => {
      const { doctorCommand } = await import('./commands/doctor.js')
      done(await run(flags, (context) => doctorCommand(flags, context)))
    },
  )
  addModelCommands(program, done)
}

function addModelCommands(program: Command, done: Done): void {
  const models = commonFlags(program.command('models').description('list the embedding model and the chat models')).action(
    async (flags: CommonFlags) => {
      const { modelsCommand } = await import('./commands/models.js')
      done(await run(flags, (context) => modelsCommand(flags, context)))
    },
  )
  commonFlags(models.command('pull').description('fetch the embedding model, or the chat model named'))
    .argument('[name]', 'chat model, such as gemma3')
    .action(async (name: string | undefined, flags: CommonFlags) => {
      const { pullCommand } = await import('./commands/models.js')
      done(await run(flags, (context) => pullCommand(name, context)))
    })
}

function commonFlags(command: Command): Command {
  return command
    .option('--corpus <dir>', 'folder that holds the books (PILOTBOOK_CORPUS; corpus/)')
    .option('--index <dir>', 'folder that holds the index (PILOTBOOK_INDEX; index/)')
    .option('--json', 'print one JSON object instead of text')
    .option('--timeout <seconds>', 'give up after so many seconds (exit code 7)')
    .option('-q, --quiet', 'no progress and no notices')
    .option('--no-color', 'no colour (also NO_COLOR)')
}

function readVersion(): string {
  const text = readFileSync(`${packageRoot}/package.json`, 'utf8')
  const found = /"version":\s*"([^"]+)"/.exec(text)?.[1]
  if (found === undefined) throw new AppError('INTERNAL', { problem: 'package.json has no version' })
  return found
}
