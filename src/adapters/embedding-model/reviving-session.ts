import type { EmbeddingProcess } from './embedding-process.js'
import type { ModelSession } from './model-session.js'

/**
 * A session whose process is started anew when it has died, and what it was running run again, once: a service need not be restarted
 * because its embedding process was killed for want of memory.
 */
export async function openRevivingSession(open: () => Promise<EmbeddingProcess>): Promise<ModelSession> {
  let session = open()
  await session
  const revive = async (): Promise<EmbeddingProcess> => {
    const current = await session.catch(() => undefined)
    if (current === undefined || !current.isAlive()) session = open()
    return session
  }
  return {
    run: async (texts) => {
      const current = await revive()
      try {
        return await current.run(texts)
      } catch (error) {
        // It died under this run, which changes nothing and can be made again; a second death is told.
        if (current.isAlive()) throw error
        return (await revive()).run(texts)
      }
    },
    close: async () => (await session.catch(() => undefined))?.close(),
  }
}
