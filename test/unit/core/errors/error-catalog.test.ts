import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type ErrorCode, errorCatalog } from '../../../../src/core/errors/error-catalog.js'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const rows = Object.entries(errorCatalog)
const codes = rows.map(([code]) => code)

const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && entry.name !== 'error-catalog.ts')
  .map((entry) => ({ name: entry.name, text: readFileSync(join(entry.parentPath, entry.name), 'utf8') }))

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)

interface Raised {
  readonly code: string
  readonly where: string
  /** Undefined when the details are not written out there. */
  readonly details?: readonly string[]
}

/** Every `AppError('CODE', { … })` of the sources, with the names of its details as far as they are written out. */
function listRaised(): readonly Raised[] {
  return sources.flatMap(({ name, text }) =>
    [...text.matchAll(/\bAppError\(\s*'([A-Z_]+)'(\)|\s*,\s*\{)?/g)].map((match) => {
      const details = match[2] === ')' ? [] : match[2] === undefined ? undefined : readNames(text, match.index + match[0].length)
      return { code: match[1] ?? '', where: name, ...(details === undefined ? {} : { details }) }
    }),
  )
}

/** The names in an object literal whose opening brace stands before `start`; undefined when something is spread into it. */
function readNames(text: string, start: number): readonly string[] | undefined {
  const parts = ['']
  let depth = 0
  let quote = ''
  for (let at = start; at < text.length; at++) {
    const character = text[at] ?? ''
    if (quote !== '') quote = character === quote ? '' : quote
    else if (/['"`]/.test(character)) quote = character
    else if (/[{[(]/.test(character)) depth++
    else if (character === '}' && depth === 0) break
    else if (/[}\])]/.test(character)) depth--
    else if (character === ',' && depth === 0) {
      parts.push('')
      continue
    }
    if (depth === 0 && quote === '') parts[parts.length - 1] += character
  }
  const names = parts.map((part) => part.split(':')[0]?.trim() ?? '').filter((part) => part !== '')
  return names.some((part) => part.startsWith('...')) ? undefined : names
}

describe('the error catalogue', () => {
  it.each(rows)(
    '%s has a message, a remedy, a status and an exit code that fit together',
    (_, { message, remedy, httpStatus, exitCode }) => {
      expect(message).toMatch(/[.}]$/)
      expect(remedy).toMatch(/[.}]$/)
      expect(httpStatus).toBeGreaterThanOrEqual(400)
      expect(httpStatus).toBeLessThan(600)
      expect([1, 2, 3, 4, 5, 7, 130]).toContain(exitCode)
      // Exit code 2 tells the caller to ask differently; the service says the same with a 4xx.
      if (exitCode === 2) expect(httpStatus).toBeLessThan(500)
    },
  )

  it('has no code that nothing raises', () => {
    const text = sources.map((source) => source.text).join('\n')
    expect(codes.filter((code) => !text.includes(`'${code}'`))).toEqual([])
  })

  it('gets every placeholder filled where its errors are raised', () => {
    const raised = listRaised()
    expect(raised.filter(({ details }) => details !== undefined).length).toBeGreaterThan(50)
    const unfilled = raised.flatMap(({ code, where, details }) => {
      if (details === undefined || !(code in errorCatalog)) return []
      const { message, remedy } = errorCatalog[code as ErrorCode]
      return placeholders(message + remedy)
        .filter((name) => !details.includes(name))
        .map((name) => `${where}: ${code} lacks {${name}}`)
    })
    expect(unfilled).toEqual([])
  })

  it('is the table of errors that the README shows', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8')
    const listed = [...readme.matchAll(/^\| `?([A-Z]+(?:_[A-Z]+)*)`? \|/gm)].map(([, code]) => code).filter((code) => code !== undefined)
    expect(listed.filter((code) => code in errorCatalog).sort()).toEqual([...codes].sort())
  })
})
