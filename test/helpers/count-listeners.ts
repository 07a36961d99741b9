/** Counts from now on how many listeners were added to the signal and not taken away again. */
export function countListeners(signal: AbortSignal): { readonly added: number; readonly remaining: number } {
  const counts = { added: 0, removed: 0 }
  const add = signal.addEventListener.bind(signal)
  const remove = signal.removeEventListener.bind(signal)
  signal.addEventListener = (...given: Parameters<typeof add>) => {
    counts.added += 1
    add(...given)
  }
  signal.removeEventListener = (...given: Parameters<typeof remove>) => {
    counts.removed += 1
    remove(...given)
  }
  return {
    get added() {
      return counts.added
    },
    get remaining() {
      return counts.added - counts.removed
    },
  }
}
