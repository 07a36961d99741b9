import * as v from 'valibot'
import { AppError } from '../../core/errors/app-error.js'
import type { OllamaTarget } from './ollama-target.js'
import { toDisplayUrl } from './parse-ollama-host.js'

/** Lenient on purpose: Ollama leaves out zero values, and adds fields from version to version. */
const chatReplySchema = v.object({
  message: v.optional(v.object({ content: v.optional(v.string(), '') })),
  done: v.optional(v.boolean(), false),
  done_reason: v.optional(v.string()),
  prompt_eval_count: v.optional(v.number(), 0),
  eval_count: v.optional(v.number()),
})

const progressSchema = v.object({
  status: v.optional(v.string(), ''),
  digest: v.optional(v.string()),
  total: v.optional(v.number(), 0),
  completed: v.optional(v.number(), 0),
})

const versionSchema = v.object({ version: v.string() })

const tagsSchema = v.object({
  models: v.nullish(
    v.array(
      v.object({
        name: v.string(),
        size: v.optional(v.number(), 0),
        details: v.nullish(v.object({ parameter_size: v.nullish(v.string()) })),
      }),
    ),
  ),
})

export type ChatReply = v.InferOutput<typeof chatReplySchema>
export type PullReply = v.InferOutput<typeof progressSchema>

/** A chat model that Ollama has on its disk. */
export interface OllamaModel {
  /** With its tag, such as `gemma3:4b`. */
  readonly name: string
  readonly sizeBytes: number
  /** As Ollama writes it, such as `4.3B`. */
  readonly parameterSize?: string
}

/** One object of a chat stream. Like all of these it fails with OLLAMA_FAILED when the reply has another shape. */
export const parseChatReply = (reply: unknown, target: OllamaTarget): ChatReply => parse(chatReplySchema, reply, target)

export const parsePullReply = (reply: unknown, target: OllamaTarget): PullReply => parse(progressSchema, reply, target)

export const parseVersion = (reply: unknown, target: OllamaTarget): string => parse(versionSchema, reply, target).version

export function parseModels(reply: unknown, target: OllamaTarget): readonly OllamaModel[] {
  const { models } = parse(tagsSchema, reply, target)
  return (models ?? []).map(({ name, size, details }) => {
    const parameterSize = details?.parameter_size ?? ''
    return { name, sizeBytes: size, ...(parameterSize === '' ? {} : { parameterSize }) }
  })
}

function parse<Schema extends v.GenericSchema>(schema: Schema, reply: unknown, target: OllamaTarget): v.InferOutput<Schema> {
  const result = v.safeParse(schema, reply)
  if (result.success) return result.output
  const field = v.getDotPath(result.issues[0]) ?? 'object'
  const url = toDisplayUrl(target.baseUrl)
  throw new AppError('OLLAMA_FAILED', { url, problem: `its reply has an unknown shape (${field}); is it Ollama that listens there?` })
}
