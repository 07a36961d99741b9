import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pickErrorLines } from '../../../../src/answer/focus-question/pick-error-lines.js'

const chatter = (count: number) => Array.from({ length: count }, (_, n) => `2024-05-06T07:08:09Z INFO handled request ${n}`)
const log = (...errors: readonly string[]) => [...chatter(60), ...errors, ...chatter(60)].join('\n')

const pythonTrace = `Traceback (most recent call last):
  File "/app/main.py", line 12, in <module>
    connect(host)
  File "/app/database.py", line 44, in connect
    return open_socket(host)
  File "/usr/lib/python3/site-packages/driver.py", line 9, in raise_error
OperationalError: could not translate host name "db": connection refused`

const nodeTrace = `Error: connect ECONNREFUSED 127.0.0.1:5432
    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1555:16)
    at Protocol._enqueue (/app/error/Protocol.js:144:48)
    at Query.failed (/app/lib/client.js:22:1)
    at Object.<anonymous> (/app/server.js:10:4)
    at node:internal/main/run_main_module:23:47`

describe('pickErrorLines', () => {
  it.each([
    'What is an image?',
    'what is an image?\nand what is a container?\n',
    'Error: no such container\nError: no such image\nerror: what now\nfatal: end\nfailed',
    '',
    ' \n\n \n',
  ])('leaves a text of few lines as it is: %j', (text) => {
    expect(pickErrorLines(text)).toBe(text)
  })

  it('leaves a long text as it is when no line names an error', () => {
    const dockerfile = 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci\nEXPOSE 80\nCMD ["node", "server.js"]\nUSER node'
    expect(pickErrorLines(dockerfile)).toBe(dockerfile)
  })

  it.each([
    ['an error', 'Error response from daemon: conflict'],
    ['a failure', 'driver failed programming external connectivity'],
    ['a refusal', 'permission denied while trying to connect'],
    ['what was not found', 'manifest for nginx:1.99 not found'],
    ['what does not exist', 'open Dockerfile: no such file or directory'],
    ['what cannot be done', 'Cannot connect to the Docker daemon'],
    ['what is unable', 'E: Unable to locate package'],
    ['what was killed', 'process 7 was killed'],
    ['a timeout', 'request timed out'],
  ])('finds, among a hundred lines, the one that tells %s', (_, line) => {
    expect(pickErrorLines(log(`2024-05-06T07:08:10.5Z ${line}`))).toBe(line)
  })

  it.each([
    ["npm's", 'npm ERR! code ELIFECYCLE'],
    ['of a full disk', 'write /var/lib/data: no space left on device'],
    ['of a port in use', 'listen tcp4 0.0.0.0:80: bind: address already in use'],
    ['of a class by name', 'java.lang.NullPointerException: name was null'],
    ['of a Python class by name', 'ModuleNotFoundError: flask'],
  ])('finds an error in other words, the line %s', (_, line) => {
    expect(pickErrorLines(log(line))).toBe(line)
  })

  it.each([
    ['2024-05-06T07:08:10Z', 'Error: no such container'],
    ['[2024-05-06 07:08:10,123]', 'Error: no such container'],
    ['2024-05-06T07:08:10.123456789+02:00', 'Error: no such container'],
    ['07:08:10.5', 'Error: no such container'],
  ])('drops the time stamp %s before it', (stamp, line) => {
    expect(pickErrorLines(log(`${stamp} ${line}`))).toBe(line)
  })

  it('drops addresses and long hexadecimal ids, which are rare words and no matter', () => {
    const picked = pickErrorLines(log('Error: container 3f4e5d6c7b8a9f0e1d2c is not running at 0x7ffee4c0, code 137'))
    expect(picked).toMatch(/^Error: container\s+is not running at\s+, code 137$/)
  })

  it('takes the frames of a stack trace for no errors, whatever their names', () => {
    expect(pickErrorLines(nodeTrace)).toBe('Error: connect ECONNREFUSED 127.0.0.1:5432')
    expect(pickErrorLines(pythonTrace)).toBe('OperationalError: could not translate host name "db": connection refused')
  })

  it("keeps the reader's own question, before the errors", () => {
    expect(pickErrorLines(`Why does my app not reach the database?\n${nodeTrace}`)).toBe(
      'Why does my app not reach the database?\nError: connect ECONNREFUSED 127.0.0.1:5432',
    )
    expect(pickErrorLines(`${nodeTrace}\nwhat does this mean?`).split('\n')[0]).toBe('what does this mean?')
  })

  it('takes the last four errors, the last one first, each once', () => {
    const errors = ['error one', 'error two', 'error three', 'error four', 'error five']
    expect(pickErrorLines(log(...errors))).toBe('error five\nerror four\nerror three\nerror two')
    expect(pickErrorLines(log('2024-05-06T07:08:10Z error one', '2024-05-06T07:08:11Z error one'))).toBe('error one')
  })

  it('never fails, and adds no words of its own', () => {
    const line = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.constantFrom('error: x', '  at f (a:1)', 'why?', ...chatter(3)),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        const text = lines.join('\n')
        const picked = pickErrorLines(text)
        for (const word of picked.split(/\s+/)) expect(text).toContain(word)
        expect(picked.length).toBeLessThanOrEqual(text.length)
      }),
    )
  })
})
