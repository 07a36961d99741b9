import { headsFor, maxPositions } from './bert-graph.js'

const specialTokens = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]']

/** tokenizer.json as published for all-MiniLM-L12-v2, fixed padding and truncation at 128 included. */
export function toTokenizerJson(vocabulary: readonly string[]): object {
  const idOf = (token: string) => vocabulary.indexOf(token)
  const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true }
  const special = (token: string) => ({ id: token, ids: [idOf(token)], tokens: [token] })
  const place = (id: string, typeId: number) => ({ SpecialToken: { id, type_id: typeId } })
  const sequence = (id: string, typeId: number) => ({ Sequence: { id, type_id: typeId } })
  const single = [place('[CLS]', 0), sequence('A', 0), place('[SEP]', 0)]
  return {
    version: '1.0',
    truncation: { direction: 'Right', max_length: 128, strategy: 'LongestFirst', stride: 0 },
    padding: { strategy: { Fixed: 128 }, direction: 'Right', pad_to_multiple_of: null, pad_id: 0, pad_type_id: 0, pad_token: '[PAD]' },
    added_tokens: specialTokens.map((content) => ({ id: idOf(content), content, ...flags })),
    normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single,
      pair: [...single, sequence('B', 1), place('[SEP]', 1)],
      special_tokens: { '[CLS]': special('[CLS]'), '[SEP]': special('[SEP]') },
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(vocabulary.map((piece, id) => [piece, id])),
    },
  }
}

export function toTokenizerConfig(): object {
  return {
    clean_up_tokenization_spaces: true,
    cls_token: '[CLS]',
    do_basic_tokenize: true,
    do_lower_case: true,
    mask_token: '[MASK]',
    model_max_length: maxPositions,
    never_split: null,
    pad_token: '[PAD]',
    sep_token: '[SEP]',
    strip_accents: null,
    tokenize_chinese_chars: true,
    tokenizer_class: 'BertTokenizer',
    unk_token: '[UNK]',
  }
}

export function toModelConfig(shape: { readonly layers: number; readonly dimension: number; readonly vocabularySize: number }): object {
  return {
    architectures: ['BertModel'],
    attention_probs_dropout_prob: 0.1,
    classifier_dropout: null,
    gradient_checkpointing: false,
    hidden_act: 'gelu',
    hidden_dropout_prob: 0.1,
    hidden_size: shape.dimension,
    initializer_range: 0.02,
    intermediate_size: 4 * shape.dimension,
    layer_norm_eps: 1e-12,
    max_position_embeddings: maxPositions,
    model_type: 'bert',
    num_attention_heads: headsFor(shape.dimension),
    num_hidden_layers: shape.layers,
    pad_token_id: 0,
    position_embedding_type: 'absolute',
    type_vocab_size: 2,
    use_cache: true,
    vocab_size: shape.vocabularySize,
  }
}
