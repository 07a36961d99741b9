export type Hnswlib = typeof import('hnswlib-node')
export type LoadHnswlib = () => Promise<Hnswlib | undefined>

/** The native library, or undefined on a machine where it could not be compiled: it is an optional dependency. */
export async function loadHnswlib(): Promise<Hnswlib | undefined> {
  try {
    const module: { readonly default?: Hnswlib } & Hnswlib = await import('hnswlib-node')
    // It is a CommonJS module: its exports are the default export.
    return module.default ?? module
  } catch {
    return undefined
  }
}
