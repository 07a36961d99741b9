type Environment = Record<string, string | undefined>

/** What LangChain and LangSmith look at, at the start of every run, to decide whether it is sent to a tracing service. */
const tracingSwitches = ['LANGSMITH_TRACING', 'LANGSMITH_TRACING_V2', 'LANGCHAIN_TRACING', 'LANGCHAIN_TRACING_V2'] as const

/**
 * Keeps LangChain from sending what it runs, passages of books included, to a tracing service because of variables that someone set for
 * another program. It holds for this process and those it starts; a tracer that a program hands over by itself, as a callback, still works.
 */
export function disableTracing(environment: Environment = process.env): void {
  // Set rather than deleted: a .env file that is read later does not override what is there.
  for (const name of tracingSwitches) environment[name] = 'false'
}
