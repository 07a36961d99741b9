import { expect, it } from 'vitest'
import { disableTracing } from '../../../../src/app/config/disable-tracing.js'

it('turns off every variable by which LangChain decides to trace, and touches no other', () => {
  const environment = { LANGSMITH_TRACING: 'true', LANGCHAIN_TRACING_V2: 'true', LANGSMITH_API_KEY: 'key', PATH: '/bin' }

  disableTracing(environment)

  expect(environment).toEqual({
    LANGSMITH_TRACING: 'false',
    LANGSMITH_TRACING_V2: 'false',
    LANGCHAIN_TRACING: 'false',
    LANGCHAIN_TRACING_V2: 'false',
    LANGSMITH_API_KEY: 'key',
    PATH: '/bin',
  })
})
