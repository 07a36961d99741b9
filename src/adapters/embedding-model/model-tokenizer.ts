import { readFile } from 'node:fs/promises'
import { Tokenizer } from '@huggingface/tokenizers'
import { AppError } from '../../core/errors/app-error.js'
import { pathInside } from './model-files.js'

export interface ModelTokenizer {
  /** Word pieces without special tokens. */
  countTokens(text: string): number
  /** Ids of all word pieces between [CLS] and [SEP]; never cut, never padded. */
  encode(text: string): Int32Array
}

/** Reads the model's own tokenizer. Rejects with MODEL_UNUSABLE when its files are not what they should be. */
export async function loadModelTokenizer(folder: string): Promise<ModelTokenizer> {
  try {
    const [tokenizerJson, config] = await Promise.all([readJson(folder, 'tokenizer.json'), readJson(folder, 'tokenizer_config.json')])
    // The padding and truncation to 128 that the file asks for are not carried out by this library: texts stay whole.
    const tokenizer = new Tokenizer(tokenizerJson, config)
    const encode = (text: string) => Int32Array.from(tokenizer.encode(text).ids)
    checkSpecialTokens(tokenizer, encode('a'))
    return { encode, countTokens: (text) => tokenizer.encode(text, { add_special_tokens: false }).ids.length }
  } catch (cause) {
    const problem = `its tokenizer cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`
    throw new AppError('MODEL_UNUSABLE', { path: folder, problem }, cause)
  }
}

function checkSpecialTokens(tokenizer: Tokenizer, sample: Int32Array): void {
  if (sample.at(0) !== tokenizer.token_to_id('[CLS]') || sample.at(-1) !== tokenizer.token_to_id('[SEP]')) {
    throw new Error('a text is not put between [CLS] and [SEP]')
  }
}

async function readJson(folder: string, file: string): Promise<object> {
  const value: unknown = JSON.parse(await readFile(pathInside(folder, file), 'utf8'))
  if (typeof value !== 'object' || value === null) throw new Error(`${file} is not a JSON object`)
  return value
}
