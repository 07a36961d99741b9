import { createElement } from './create-element.js'

/** A sentence of the program's own (message, remedy, notice): text, with what stands between back-ticks as code. */
export function renderWords(sentence: string): readonly (Node | string)[] {
  return sentence.split('`').map((piece, index, all) => {
    const isCode = index % 2 === 1
    // A last back-tick without a partner is part of the text.
    if (isCode && index === all.length - 1) return `\`${piece}`
    return isCode ? createElement('code', {}, [piece]) : piece
  })
}
