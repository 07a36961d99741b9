/** One row per error code: `{name}` in message and remedy is filled from the error's details. */
interface ErrorRow {
  readonly message: string
  readonly remedy: string
  readonly httpStatus: number
  readonly exitCode: number
  /** `later`: the same call may work again by itself; `after-remedy`: only once the remedy was followed. */
  readonly retry: 'later' | 'after-remedy'
}

type Outcome = readonly [httpStatus: number, exitCode: number, retry: ErrorRow['retry']]

const row = ([httpStatus, exitCode, retry]: Outcome, message: string, remedy: string): ErrorRow => ({
  message,
  remedy,
  httpStatus,
  exitCode,
  retry,
})

/** Every way in which Pilotbook can fail, with what to do about it. README lists the same codes; a test holds both together. */
export const errorCatalog = {
  USAGE: row([400, 2, 'after-remedy'], '{problem}', 'See `pilotbook --help`.'),
  SETTING_INVALID: row([500, 3, 'after-remedy'], '{name} is "{value}", which is not {expected}.', 'Set {name} to {expected}, or unset it.'),
  QUESTION_EMPTY: row([400, 2, 'after-remedy'], 'The question has no words in it.', 'Ask a question, such as "What is a Docker image?".'),
  QUESTION_TOO_LONG: row(
    [413, 2, 'after-remedy'],
    'The question is {length} characters long; the limit is {limit}.',
    'Shorten the question to what you want to know.',
  ),
  REQUEST_INVALID: row([400, 2, 'after-remedy'], 'The request does not fit: {problem}', 'See /openapi.json for the shape of the request.'),
  REQUEST_NOT_JSON: row(
    [400, 2, 'after-remedy'],
    'The body is not valid JSON: {problem}',
    'Send one JSON object, such as {"question": "What is a Docker image?"}.',
  ),
  REQUEST_WRONG_TYPE: row(
    [415, 2, 'after-remedy'],
    'The body is "{type}"; only application/json is read.',
    'Send the header `Content-Type: application/json`.',
  ),
  REQUEST_TOO_LARGE: row([413, 2, 'after-remedy'], 'The body is larger than {limit} bytes.', 'Send a smaller body.'),
  NOT_FOUND: row([404, 1, 'after-remedy'], 'There is nothing at {path}.', 'See /openapi.json for the addresses of this service.'),
  BOOK_UNKNOWN: row(
    [404, 2, 'after-remedy'],
    'There is no book "{book}" in the index. It holds: {known}.',
    'Use one of these names, or run `pilotbook ingest` after adding the book.',
  ),
  SECTION_UNKNOWN: row(
    [404, 1, 'after-remedy'],
    'The book "{book}" has no section "{section}".',
    'See GET /api/books/{book} for its sections.',
  ),
  CONVERSATION_UNKNOWN: row(
    [404, 2, 'after-remedy'],
    'There is no conversation "{conversation}".',
    'See GET /api/conversations, or `/list` in `pilotbook chat`, for those there are.',
  ),
  CONVERSATION_FULL: row(
    [409, 2, 'after-remedy'],
    'There are {limit} {what} already, the most that are kept.',
    'Begin a new conversation; when there are too many, delete some with DELETE /api/conversations/ID.',
  ),
  CONVERSATIONS_UNUSABLE: row(
    [500, 1, 'after-remedy'],
    'The conversations in {path} cannot be used: {problem}',
    'Move that file to another place to begin anew, or set PILOTBOOK_DATA_DIR to another folder.',
  ),
  CORPUS_MISSING: row(
    [503, 3, 'after-remedy'],
    'The corpus folder {path} does not exist.',
    'Create it and put books into it, or name another folder with `--corpus DIR`.',
  ),
  CORPUS_EMPTY: row(
    [503, 3, 'after-remedy'],
    'The corpus folder {path} holds no book that can be read. {reasons}',
    'Put Markdown or PDF books into it, or name another folder with `--corpus DIR`.',
  ),
  NOT_INGESTED: row([503, 3, 'after-remedy'], 'There is no index in {path} yet.', 'Run `pilotbook ingest`.'),
  INDEX_MISMATCH: row(
    [503, 3, 'after-remedy'],
    'The index in {path} does not fit: {problem}',
    'Run `pilotbook ingest` with the same settings, or name another index with `--index DIR`.',
  ),
  INDEX_OLD_SCHEMA: row(
    [503, 3, 'after-remedy'],
    'The index in {path} has schema {found}; this version reads schema {expected}.',
    'Run `pilotbook ingest` to build it again.',
  ),
  INDEX_DAMAGED: row(
    [503, 3, 'after-remedy'],
    'The index file {path} is damaged: {problem}',
    'Run `pilotbook ingest` to build the index again.',
  ),
  INDEX_NOT_WRITABLE: row(
    [500, 1, 'after-remedy'],
    'The index folder {path} cannot be written: {problem}',
    'Make the folder writable, or name another with `--index DIR`.',
  ),
  INGEST_RUNNING: row(
    [409, 1, 'later'],
    'Another ingest (process {pid} on {host}, since {since}) is writing {path}.',
    'Wait until it has ended, or stop that process; a lock left over by a machine that is gone is released after two minutes.',
  ),
  MODEL_FOLDER_INCOMPLETE: row(
    [503, 3, 'after-remedy'],
    'The embedding model folder {path} lacks {missing}.',
    'Put config.json, tokenizer.json, tokenizer_config.json and onnx/{model} there, or unset PILOTBOOK_MODEL_DIR.',
  ),
  MODEL_UNUSABLE: row(
    [503, 3, 'after-remedy'],
    'The embedding model in {path} cannot be used: {problem}',
    'Use the files of all-MiniLM-L12-v2, or run `pilotbook models pull`.',
  ),
  EMBEDDING_MODEL_MISSING: row(
    [503, 3, 'after-remedy'],
    'No embedding model is on this machine yet.',
    'Run `pilotbook models pull`, or set PILOTBOOK_MODEL_DIR to a folder that holds the model.',
  ),
  MODEL_DOWNLOAD_FAILED: row(
    [503, 1, 'later'],
    'The embedding model could not be fetched from {url}: {problem}',
    'Check the network and run `pilotbook models pull`, or set PILOTBOOK_MODEL_DIR to a folder that holds the model.',
  ),
  EMBEDDING_FAILED: row([500, 1, 'later'], 'The embedding model failed: {problem}', 'Try again; if it stays so, run `pilotbook doctor`.'),
  OLLAMA_UNREACHABLE: row(
    [503, 5, 'later'],
    'Ollama does not answer at {url}: {problem}',
    'Start it with `ollama serve`, set OLLAMA_HOST, or leave out `--model` to be answered with quotes from the books.',
  ),
  MODEL_NOT_PULLED: row(
    [503, 5, 'after-remedy'],
    'Ollama at {url} has no model "{model}". It has: {available}.',
    'Run `ollama pull {model}`, or name another with `--model`.',
  ),
  OLLAMA_FAILED: row(
    [502, 1, 'later'],
    'Ollama at {url} failed: {problem}',
    'See the log of Ollama; `pilotbook doctor` shows what Pilotbook sees.',
  ),
  OLLAMA_CUT: row(
    [502, 1, 'later'],
    'Ollama at {url} ended the answer before it was complete: {problem}',
    'Ask again; if it stays so, see the log of Ollama.',
  ),
  PROMPT_TOO_LONG: row(
    [500, 1, 'after-remedy'],
    "The prompt ({tokens} tokens) does not fit into the model's context of {limit}.",
    'Ask a shorter question or fewer passages with `-k`.',
  ),
  PROMPT_FILE_INVALID: row(
    [500, 3, 'after-remedy'],
    'The prompt file {path} cannot be used: {problem}',
    'Restore the file from the repository.',
  ),
  TIMEOUT: row(
    [504, 7, 'later'],
    '{what} took longer than {seconds} seconds.',
    'Allow more time with `--timeout SECONDS`, or use a smaller model.',
  ),
  INTERRUPTED: row([499, 130, 'later'], 'Interrupted before it was done.', 'Run it again.'),
  METHOD_NOT_ALLOWED: row([405, 1, 'after-remedy'], '{path} does not take {method}.', 'Use {allowed}; see /openapi.json.'),
  HOST_REFUSED: row(
    [403, 1, 'after-remedy'],
    'The service is not called "{host}", so this page may come from another site.',
    'Use localhost or the IP address, or allow the name with PILOTBOOK_ALLOWED_HOSTS.',
  ),
  ORIGIN_REFUSED: row(
    [403, 1, 'after-remedy'],
    'The request comes from a page of another site ({origin}).',
    'Ask from the page of this service, or from a program that sends no Origin header.',
  ),
  SHUTTING_DOWN: row([503, 1, 'later'], 'The service is stopping.', 'Ask again once it runs again.'),
  PORT_TAKEN: row(
    [500, 1, 'after-remedy'],
    'The address {host}:{port} is already in use.',
    'Set another port, such as `PORT=3001`, or stop the program that uses it.',
  ),
  INTERNAL: row([500, 1, 'later'], 'Something went wrong inside Pilotbook: {problem}', 'Please report it with what you did.'),
} as const satisfies Record<string, ErrorRow>

export type ErrorCode = keyof typeof errorCatalog
