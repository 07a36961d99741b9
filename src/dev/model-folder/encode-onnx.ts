import { type Chunks, floatField, messageField, stringField, varintField } from './encode-protobuf.js'

const elementTypes = { float32: 1, uint8: 2, int8: 3, int64: 7 } as const
export type ElementType = keyof typeof elementTypes

/** A constant of the model: `data` holds its numbers row by row. */
export interface OnnxTensor {
  readonly type: ElementType
  readonly shape: readonly number[]
  readonly data: Float32Array | Uint8Array | Int8Array | BigInt64Array
}

/** An input or output; a name stands for a size that is known only at run time. */
export interface OnnxValue {
  readonly name: string
  readonly type: ElementType
  readonly shape: readonly (number | string)[]
}

export type OnnxAttribute =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'float'; readonly value: number }

export interface OnnxNode {
  readonly op: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[]
  readonly tensors: ReadonlyMap<string, OnnxTensor>
  readonly inputs: readonly OnnxValue[]
  readonly outputs: readonly OnnxValue[]
}

const irVersion = 7
const operatorSetVersion = 14

/** The bytes of an ONNX file. Field numbers are those of the ONNX protobuf schema. */
export function encodeOnnx(graph: OnnxGraph): Chunks {
  return [
    ...varintField(1, irVersion),
    ...stringField(2, 'pilotbook-model-folder'),
    ...messageField(7, encodeGraph(graph)),
    ...messageField(8, [...stringField(1, ''), ...varintField(2, operatorSetVersion)]),
  ]
}

function encodeGraph(graph: OnnxGraph): Chunks {
  return [
    ...graph.nodes.flatMap((node, index) => messageField(1, encodeNode(node, index))),
    ...stringField(2, 'main'),
    ...[...graph.tensors].flatMap(([name, tensor]) => messageField(5, encodeTensor(name, tensor))),
    ...graph.inputs.flatMap((value) => messageField(11, encodeValue(value))),
    ...graph.outputs.flatMap((value) => messageField(12, encodeValue(value))),
  ]
}

function encodeNode(node: OnnxNode, index: number): Chunks {
  return [
    ...node.inputs.flatMap((name) => stringField(1, name)),
    ...node.outputs.flatMap((name) => stringField(2, name)),
    ...stringField(3, `${node.op}_${index}`),
    ...stringField(4, node.op),
    ...Object.entries(node.attributes ?? {}).flatMap(([name, attribute]) => messageField(5, encodeAttribute(name, attribute))),
  ]
}

function encodeAttribute(name: string, attribute: OnnxAttribute): Chunks {
  switch (attribute.kind) {
    case 'float':
      return [...stringField(1, name), ...floatField(2, attribute.value), ...varintField(20, 1)]
    case 'int':
      return [...stringField(1, name), ...varintField(3, attribute.value), ...varintField(20, 2)]
    case 'ints':
      return [...stringField(1, name), ...attribute.value.flatMap((value) => varintField(8, value)), ...varintField(20, 7)]
  }
}

function encodeTensor(name: string, { type, shape, data }: OnnxTensor): Chunks {
  return [
    ...shape.flatMap((size) => varintField(1, size)),
    ...varintField(2, elementTypes[type]),
    ...stringField(8, name),
    ...messageField(9, [new Uint8Array(data.buffer, data.byteOffset, data.byteLength)]),
  ]
}

function encodeValue({ name, type, shape }: OnnxValue): Chunks {
  const sizes = shape.flatMap((size) => messageField(1, typeof size === 'number' ? varintField(1, size) : stringField(2, size)))
  return [...stringField(1, name), ...messageField(2, messageField(1, [...varintField(1, elementTypes[type]), ...messageField(2, sizes)]))]
}
