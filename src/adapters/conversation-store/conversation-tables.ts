/** The tables as Kysely knows them. Plain texts and whole numbers only, so that another database can hold them as well. */
export interface ConversationTables {
  readonly schema_version: {
    readonly version: number
    readonly applied_at: string
  }
  readonly conversation: {
    readonly id: string
    readonly title: string
    /** The title as it is searched. */
    readonly search_text: string
    readonly turn_count: number
    readonly created_at: string
    readonly updated_at: string
  }
  readonly turn: {
    readonly conversation_id: string
    readonly position: number
    readonly asked_at: string
    readonly question: string
    readonly standalone_question: string
    /** The whole Answer as JSON. */
    readonly answer: string
    /** Question and answer as they are searched. */
    readonly search_text: string
  }
}
