import { type OpenIndex, readPointerStamp } from './open-index.js'

interface Held {
  readonly index: OpenIndex
  readonly stamp: string
  users: number
  replaced: boolean
}

/**
 * The index that questions are answered from. Each use looks whether an ingest has put another generation in place and moves to it;
 * a question that is being answered keeps the one it began with, which is closed when its last user is done.
 */
export class IndexInUse {
  readonly #indexDir: string
  readonly #open: () => Promise<OpenIndex>
  #current: Held | undefined
  #moving: Promise<Held> | undefined

  constructor(indexDir: string, open: () => Promise<OpenIndex>) {
    this.#indexDir = indexDir
    this.#open = open
  }

  /** The index, and the function to call when done with it. Rejects with what `openIndex` rejects with. */
  async use(): Promise<{ readonly index: OpenIndex; readonly done: () => Promise<void> }> {
    const stamp = await readPointerStamp(this.#indexDir)
    if (this.#current?.stamp !== stamp) {
      this.#moving ??= this.#move(stamp).finally(() => {
        this.#moving = undefined
      })
      await this.#moving
    }
    const held = this.#current
    if (held === undefined) return this.use()
    held.users++
    return { index: held.index, done: () => this.#release(held) }
  }

  async close(): Promise<void> {
    const held = this.#current
    this.#current = undefined
    if (held !== undefined) await this.#retire(held)
  }

  async #move(stamp: string): Promise<Held> {
    const index = await this.#open()
    const previous = this.#current
    const held = { index, stamp, users: 0, replaced: false }
    this.#current = held
    if (previous !== undefined) await this.#retire(previous)
    return held
  }

  async #retire(held: Held): Promise<void> {
    held.replaced = true
    if (held.users === 0) await held.index.library.close()
  }

  async #release(held: Held): Promise<void> {
    held.users--
    if (held.replaced && held.users === 0) await held.index.library.close()
  }
}
