import { createAskRoute } from './ask.js'
import { createBookRoutes } from './books.js'
import { createConversationRoutes } from './conversations.js'
import { createHealthRoutes } from './health.js'
import { createOpenApiRoute } from './open-api.js'
import type { Route, RouteParts } from './route.js'
import { createSearchRoute } from './search.js'

/** Every route of the API; the page has its own in page.ts. */
export function createRoutes(parts: RouteParts): readonly Route[] {
  return [
    createAskRoute(parts),
    createSearchRoute(parts),
    ...createConversationRoutes(parts),
    ...createBookRoutes(parts),
    ...createHealthRoutes(parts),
    createOpenApiRoute(),
  ]
}
