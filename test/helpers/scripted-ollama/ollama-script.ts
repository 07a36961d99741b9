import type { IncomingHttpHeaders } from 'node:http'

/** A model that the scripted Ollama has on its disk. */
export interface ScriptedModel {
  /** With its tag, such as `gemma3:4b`. */
  readonly name: string
  readonly size?: number
  readonly parameterSize?: string
  /** What the model was trained for, in tokens; `num_ctx` is clamped to it. */
  readonly contextLength?: number
}

/** How one chat request goes. `afterTokens: 0` (the default) is before the first token, when not even headers were sent. */
export type ChatReply =
  | {
      readonly kind: 'answer'
      readonly tokens: readonly string[]
      readonly doneReason?: 'stop' | 'length'
      /** Pause before each token; 0 unless told. */
      readonly tokenDelayMs?: number
    }
  /** Writes ever new tokens, one a millisecond or so, until the connection is closed. */
  | { readonly kind: 'endless' }
  | { readonly kind: 'hang'; readonly afterTokens?: number }
  | { readonly kind: 'cut'; readonly afterTokens?: number }
  /** `{"error": message}`: before the first token as HTTP 500, later as a line of the stream. */
  | { readonly kind: 'error'; readonly message: string; readonly afterTokens?: number }
  /** Ends the stream in good order, but without its last object. */
  | { readonly kind: 'no-done'; readonly afterTokens: number; readonly partOfLine?: string }
  /** The same token over and over; Ollama gives up after 30 and ends without a last object. */
  | { readonly kind: 'repeat'; readonly token: string }
  /** Any line, as it stands, then a proper end. */
  | { readonly kind: 'raw-line'; readonly line: string; readonly afterTokens?: number }
  | { readonly kind: 'status'; readonly status: number; readonly body: string; readonly contentType?: string }

/** How a pull goes: layer sizes in bytes, each told in `steps` steps. Names that no script knows do not exist. */
export interface ScriptedPull {
  readonly layers: readonly number[]
  readonly steps?: number
  /** Goes on reporting the last layer until the connection is closed. */
  readonly isEndless?: boolean
}

export interface OllamaScript {
  /** `0.32.15` unless told. */
  readonly version?: string
  /** `gemma3:latest` alone unless told. */
  readonly models?: readonly ScriptedModel[]
  /** In the order of the chat requests that generate, the last one for all that follow; or chosen by the request. */
  readonly replies?: readonly ChatReply[] | ((body: ChatBody, place: number) => ChatReply)
  readonly pulls?: Readonly<Record<string, ScriptedPull>>
  /** Answers each GET with this status and body instead, as another program at the port would. */
  readonly foreign?: { readonly status: number; readonly body: string; readonly contentType?: string }
  /** Accepts connections and never answers. */
  readonly isSilent?: boolean
  /** Ollama before 0.30 reports a prompt that does not fit in other words, without counts. */
  readonly isOldEngine?: boolean
}

export interface ChatBody {
  readonly model?: string
  readonly messages?: readonly { readonly role: string; readonly content: string }[]
  readonly stream?: boolean
  readonly truncate?: boolean
  readonly think?: boolean
  readonly format?: unknown
  readonly keep_alive?: string | number
  readonly options?: Readonly<Record<string, unknown>>
}

/** What came in, and what became of it. */
export interface RecordedRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** The parsed JSON body; an empty object without one. */
  readonly body: ChatBody & Readonly<Record<string, unknown>>
  /** Set when a chat request got its turn: requests to one model are served one after another. */
  isServed: boolean
  /** Tokens written to this request. */
  tokens: number
  /** Set when the connection closed before the end: how many tokens had been written. */
  stoppedAfterTokens?: number
  /** Set when the whole reply went out. */
  isAnswered: boolean
  /** What is left of the prompt when it was cut in silence. */
  cutPrompt?: string
}
