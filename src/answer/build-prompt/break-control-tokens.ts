// Gemma's turn marks and the marks of other chat templates: `<start_of_turn>`, `<|im_start|>`, `<bos>`, `[INST]`, `<s>`.
const controlTokens =
  /<\|?\/?(?:start_of_turn|end_of_turn|im_start|im_end|eot_id|start_header_id|end_header_id|endoftext|system|user|assistant|bos|eos|pad|unk|mask|s|unused\d+|start_of_image|end_of_image)\|?>|\[\/?INST\]|<<\/?SYS>>/gi

/** The text with a space inside everything that a chat model would read as a turn mark, so that a book or a question cannot end its turn. */
export function breakControlTokens(text: string): string {
  return text.replace(controlTokens, (token) => `${token[0]} ${token.slice(1)}`)
}
