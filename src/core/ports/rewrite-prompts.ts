/** The prompt files by which a chat model makes a follow-up stand alone. */
export interface RewritePrompts {
  renderTurn(values: { readonly question: string; readonly answer: string }): Promise<string>
  renderRewrite(values: { readonly history: string; readonly question: string }): Promise<string>
}
