/** Marks a plain value so that it cannot be mistaken for another of the same shape. Only the constructors below may cast. */
type Brand<Value, Name extends string> = Value & { readonly __brand: Name }

export type BookId = Brand<string, 'BookId'>
export type SectionId = Brand<string, 'SectionId'>
export type PassageId = Brand<string, 'PassageId'>
/** Position of a window in the vector file; hnswlib hands back such numbers bare. */
export type VectorLabel = Brand<number, 'VectorLabel'>
/** Cosine similarity, -1 to 1, higher is nearer. Never a distance. */
export type Similarity = Brand<number, 'Similarity'>

export const toBookId = (value: string): BookId => value as BookId
export const toSectionId = (value: string): SectionId => value as SectionId
export const toPassageId = (value: string): PassageId => value as PassageId
export const toVectorLabel = (value: number): VectorLabel => value as VectorLabel
export const toSimilarity = (value: number): Similarity => value as Similarity
