/** What a tiny PDF is made of: one array of lines per page, and entries of its information dictionary. */
export interface TinyPdf {
  readonly pages: readonly (readonly string[])[]
  readonly info?: Readonly<Record<string, string>>
  /** Names a security handler that needs a password which nobody has. */
  readonly isLocked?: boolean
}

/** The bytes of a valid PDF with Latin text, written by hand: one font, one content stream per page, a true cross-reference table. */
export function writeTinyPdf({ pages, info = {}, isLocked = false }: TinyPdf): Uint8Array {
  const firstPage = 5
  const kids = pages.map((_page, at) => `${firstPage + at * 2} 0 R`).join(' ')
  const entries = Object.entries(info).map(([key, value]) => `/${key} ${toLiteral(value)}`)
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    `<< ${entries.join(' ')} >>`,
    ...pages.flatMap((lines, at) => {
      const content = `BT /F1 12 Tf 14 TL 50 700 Td ${lines.map((line) => `${toLiteral(line)} Tj T*`).join(' ')} ET`
      const page = `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${firstPage + at * 2 + 1} 0 R >>`
      return [page, `<< /Length ${content.length} >>\nstream\n${content}\nendstream`]
    }),
    ...(isLocked ? [`<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <${'41'.repeat(32)}> /U <${'42'.repeat(32)}> >>`] : []),
  ]
  return new TextEncoder().encode(joinObjects(objects, isLocked))
}

function joinObjects(objects: readonly string[], isLocked: boolean): string {
  let body = '%PDF-1.4\n'
  const offsets = objects.map((object, at) => {
    const offset = body.length
    body += `${at + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const lock = isLocked ? `/Encrypt ${objects.length} 0 R /ID [<${'00'.repeat(16)}> <${'00'.repeat(16)}>] ` : ''
  const size = objects.length + 1
  return `${body}xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R /Info 4 0 R ${lock}>>\nstartxref\n${body.length}\n%%EOF\n`
}

function toLiteral(text: string): string {
  return `(${text.replace(/[\\()]/g, '\\$&')})`
}
