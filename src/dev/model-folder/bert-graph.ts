import type { OnnxGraph, OnnxValue } from './encode-onnx.js'
import { createOnnxGraphBuilder, type OnnxGraphBuilder } from './onnx-graph-builder.js'
import { createRandomBits } from './random-numbers.js'

export interface BertShape {
  readonly dtype: 'q8' | 'fp32'
  readonly layers: number
  readonly dimension: number
  readonly vocabularySize: number
  readonly seed: number
}

interface BertParts extends OnnxGraphBuilder {
  readonly shape: BertShape
  readonly heads: number
  readonly nextBits: () => number
}

export const maxPositions = 512
const headWidth = 32
/** Keeps the sum of `dimension` products near 1, so that neither attention nor the residual drowns the other. */
const weightLimit = 0.08
const layerNormEpsilon = 1e-12

/** Attention heads of a model of this width. */
export function headsFor(dimension: number): number {
  return dimension / headWidth
}

/**
 * A BERT encoder with random weights, made of the same operators as the published export (layer norm and GELU spelled out,
 * dynamic quantisation with int8 weights for q8), so that the runtime optimises and runs it like the real one.
 */
export function buildBertGraph(shape: BertShape): OnnxGraph {
  const parts: BertParts = {
    ...createOnnxGraphBuilder(),
    shape,
    heads: headsFor(shape.dimension),
    nextBits: createRandomBits(shape.seed),
  }
  const mask = addAttentionMask(parts)
  let hidden = addEmbeddings(parts)
  for (let layer = 0; layer < shape.layers; layer++) hidden = addLayer(parts, hidden, mask)
  const ids = (name: string): OnnxValue => ({ name, type: 'int64', shape: ['batch_size', 'sequence_length'] })
  return parts.finish(
    [ids('input_ids'), ids('attention_mask'), ids('token_type_ids')],
    [{ name: 'last_hidden_state', type: 'float32', shape: ['batch_size', 'sequence_length', shape.dimension], from: hidden }],
  )
}

function addEmbeddings(parts: BertParts): string {
  const { dimension, vocabularySize } = parts.shape
  const length = parts.node('Gather', [parts.node('Shape', ['input_ids']), parts.integers(1)], { axis: { kind: 'int', value: 0 } })
  const allPositions = parts.constant({
    type: 'int64',
    shape: [1, maxPositions],
    data: BigInt64Array.from({ length: maxPositions }, (_, n) => BigInt(n)),
  })
  const positions = parts.node('Slice', [allPositions, parts.integers(0), length, parts.integers(1)])
  const words = addLookup(parts, [vocabularySize, dimension], 'input_ids')
  const types = addLookup(parts, [2, dimension], 'token_type_ids')
  const places = addLookup(parts, [maxPositions, dimension], positions)
  return addLayerNorm(parts, parts.node('Add', [parts.node('Add', [words, types]), places]))
}

/** 0 where a token is, a huge negative number where padding is; added to the attention scores. */
function addAttentionMask(parts: BertParts): string {
  const wide = parts.node('Unsqueeze', ['attention_mask', parts.integers(1, 2)])
  const present = parts.node('Cast', [wide], { to: { kind: 'int', value: 1 } })
  return parts.node('Mul', [parts.node('Sub', [parts.scalar(1), present]), parts.scalar(-3.4028234663852886e38)])
}

function addLayer(parts: BertParts, hidden: string, mask: string): string {
  const { dimension } = parts.shape
  const input = quantise(parts, hidden)
  const square = [dimension, dimension] as const
  const [first, second, third] = [addDense(parts, input, square), addDense(parts, input, square), addDense(parts, input, square)]
  const query = splitHeads(parts, first, [0, 2, 1, 3])
  const key = splitHeads(parts, second, [0, 2, 3, 1])
  const value = splitHeads(parts, third, [0, 2, 1, 3])
  const scores = parts.node('Div', [parts.node('MatMul', [query, key]), parts.scalar(Math.sqrt(headWidth))])
  const weights = parts.node('Softmax', [parts.node('Add', [scores, mask])], { axis: { kind: 'int', value: -1 } })
  const joined = parts.node('Transpose', [parts.node('MatMul', [weights, value])], { perm: { kind: 'ints', value: [0, 2, 1, 3] } })
  const context = parts.node('Reshape', [joined, parts.integers(0, 0, dimension)])
  const attended = addLayerNorm(parts, parts.node('Add', [addDense(parts, quantise(parts, context), square), hidden]))
  const inner = addGelu(parts, addDense(parts, quantise(parts, attended), [dimension, 4 * dimension]))
  return addLayerNorm(parts, parts.node('Add', [addDense(parts, quantise(parts, inner), [4 * dimension, dimension]), attended]))
}

function splitHeads(parts: BertParts, value: string, order: readonly number[]): string {
  const split = parts.node('Reshape', [value, parts.integers(0, 0, parts.heads, headWidth)])
  return parts.node('Transpose', [split], { perm: { kind: 'ints', value: order } })
}

function addGelu(parts: BertParts, value: string): string {
  const erf = parts.node('Erf', [parts.node('Div', [value, parts.scalar(Math.SQRT2)])])
  const product = parts.node('Mul', [value, parts.node('Add', [erf, parts.scalar(1)])])
  return parts.node('Mul', [product, parts.scalar(0.5)])
}

function addLayerNorm(parts: BertParts, value: string): string {
  const last = { axes: { kind: 'ints', value: [-1] } } as const
  const centred = parts.node('Sub', [value, parts.node('ReduceMean', [value], last)])
  const variance = parts.node('ReduceMean', [parts.node('Pow', [centred, parts.scalar(2)])], last)
  const deviation = parts.node('Sqrt', [parts.node('Add', [variance, parts.scalar(layerNormEpsilon)])])
  const { dimension } = parts.shape
  const gain = parts.constant({ type: 'float32', shape: [dimension], data: new Float32Array(dimension).fill(1) })
  const scaled = parts.node('Mul', [parts.node('Div', [centred, deviation]), gain])
  return parts.node('Add', [scaled, addBias(parts, dimension)])
}

/** What a dense layer reads: the value itself, or its 8-bit form, which several layers share. */
type DenseInput =
  | { readonly kind: 'plain'; readonly value: string }
  | { readonly kind: 'quantised'; readonly value: string; readonly scale: string; readonly zero: string }

function quantise(parts: BertParts, input: string): DenseInput {
  if (parts.shape.dtype === 'fp32') return { kind: 'plain', value: input }
  const [value = '', scale = '', zero = ''] = parts.nodeWithOutputs('DynamicQuantizeLinear', [input], 3)
  return { kind: 'quantised', value, scale, zero }
}

function addDense(parts: BertParts, input: DenseInput, size: readonly [number, number]): string {
  const bias = addBias(parts, size[1])
  if (input.kind === 'plain') return parts.node('Add', [parts.node('MatMul', [input.value, floatWeights(parts, size)]), bias])
  const product = parts.node('MatMulInteger', [input.value, byteWeights(parts, size), input.zero, zeroByte(parts)])
  const floats = parts.node('Cast', [product], { to: { kind: 'int', value: 1 } })
  const scale = parts.node('Mul', [input.scale, weightScale(parts)])
  return parts.node('Add', [parts.node('Mul', [floats, scale]), bias])
}

function addLookup(parts: BertParts, size: readonly [number, number], indexes: string): string {
  if (parts.shape.dtype === 'fp32') return parts.node('Gather', [floatWeights(parts, size), indexes])
  const rows = parts.node('Gather', [byteWeights(parts, size), indexes])
  return parts.node('DequantizeLinear', [rows, weightScale(parts), zeroByte(parts)])
}

// Every matrix has its own scale, as real ones do: equal scales would be merged, and the merged node would stop the runtime from
// fusing the layer into one operator.
function weightScale(parts: BertParts): string {
  return parts.scalar((weightLimit / 127) * (0.9 + 0.1 * (parts.nextBits() / 2 ** 32)))
}

function zeroByte(parts: BertParts): string {
  return parts.constant({ type: 'int8', shape: [], data: new Int8Array(1) })
}

function addBias(parts: BertParts, size: number): string {
  return floatWeights(parts, [size])
}

function floatWeights(parts: BertParts, shape: readonly number[]): string {
  const data = new Float32Array(shape.reduce((product, size) => product * size, 1))
  for (let index = 0; index < data.length; index++) data[index] = (parts.nextBits() / 2 ** 31 - 1) * weightLimit
  return parts.constant({ type: 'float32', shape, data })
}

function byteWeights(parts: BertParts, shape: readonly number[]): string {
  const data = new Int8Array(shape.reduce((product, size) => product * size, 1))
  for (let index = 0; index < data.length; index += 4) {
    const bits = parts.nextBits()
    for (let place = 0; place < 4 && index + place < data.length; place++) {
      data[index + place] = Math.max(-127, ((bits >>> (8 * place)) & 255) - 128)
    }
  }
  return parts.constant({ type: 'int8', shape, data })
}
