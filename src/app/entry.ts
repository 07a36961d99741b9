// What `import … from 'pilotbook'` offers.

export { AppError } from '../core/errors/app-error.js'
export type { ErrorCode } from '../core/errors/error-catalog.js'
export type { Answer, AnswerEvent, AnswerSentence, Citation, InspectedPassage, Notice, Support } from '../core/types/answer.js'
export type { Conversation, ConversationSummary, Turn } from '../core/types/conversation.js'
export type { LegScore, PassageScores } from '../core/types/retrieval.js'
export type { IngestProgress, IngestReport } from '../ingest/ingest.js'
export type { Config } from './config/config.js'
export type { ConfigFlags } from './config/load-config.js'
export { loadConfig } from './config/load-config.js'
export type { Conversations } from './conversations.js'
export type { PilotbookOptions } from './create-pilotbook.js'
export { createPilotbook } from './create-pilotbook.js'
export type {
  AskRequest,
  BookDetail,
  BookSummary,
  CallOptions,
  PartStatus,
  Pilotbook,
  SearchHit,
  SearchResult,
  SectionDetail,
  SectionSummary,
} from './pilotbook.js'
export type { RunIngestOptions } from './run-ingest.js'
export { runIngest } from './run-ingest.js'
