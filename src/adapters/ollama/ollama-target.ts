/** Which Ollama is spoken to, about which model; error messages name them. */
export interface OllamaTarget {
  /** As `parseOllamaHost` returns it. */
  readonly baseUrl: string
  readonly model?: string
  /** The `num_ctx` sent, for the message about a prompt that does not fit. */
  readonly contextTokens?: number
  /** How long the connection itself may take, 3 s unless told; what comes after has deadlines of its own. */
  readonly connectMs?: number
}
