/** A question typed in capitals as it is usually written: else every word would count as a Dockerfile instruction, or as a name. */
export function dropShouting(question: string): string {
  return /\p{Ll}/u.test(question) || !/\s/.test(question.trim()) ? question : question.toLowerCase()
}
