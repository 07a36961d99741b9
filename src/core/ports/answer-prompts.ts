/** The prompt files, rendered. Every word that the model is told stands in them. */
export interface AnswerPrompts {
  renderPassage(values: { readonly number: string; readonly place: string; readonly text: string }): Promise<string>
  renderAnswer(values: { readonly passages: string; readonly question: string }): Promise<string>
}
