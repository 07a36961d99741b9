import type { OnnxAttribute, OnnxGraph, OnnxNode, OnnxTensor, OnnxValue } from './encode-onnx.js'

/** Collects nodes and constants, and names what each node puts out. */
export interface OnnxGraphBuilder {
  /** Adds a node with one output and returns the output's name. */
  node(op: string, inputs: readonly string[], attributes?: Readonly<Record<string, OnnxAttribute>>): string
  /** Adds a node with several outputs and returns their names. */
  nodeWithOutputs(op: string, inputs: readonly string[], outputCount: number): readonly string[]
  constant(tensor: OnnxTensor): string
  scalar(value: number): string
  integers(...values: readonly number[]): string
  finish(inputs: readonly OnnxValue[], outputs: readonly (OnnxValue & { readonly from: string })[]): OnnxGraph
}

export function createOnnxGraphBuilder(): OnnxGraphBuilder {
  const nodes: OnnxNode[] = []
  const tensors = new Map<string, OnnxTensor>()
  let names = 0
  const newName = (prefix: string) => `${prefix}_${names++}`
  const constant = (tensor: OnnxTensor) => {
    const name = newName('constant')
    tensors.set(name, tensor)
    return name
  }
  const nodeWithOutputs = (op: string, inputs: readonly string[], outputCount: number) => {
    const outputs = Array.from({ length: outputCount }, () => newName(op))
    nodes.push({ op, inputs, outputs })
    return outputs
  }
  return {
    node(op, inputs, attributes = {}) {
      const output = newName(op)
      nodes.push({ op, inputs, outputs: [output], attributes })
      return output
    },
    nodeWithOutputs,
    constant,
    scalar: (value) => constant({ type: 'float32', shape: [], data: new Float32Array([value]) }),
    integers: (...values) => constant({ type: 'int64', shape: [values.length], data: BigInt64Array.from(values, BigInt) }),
    finish(inputs, outputs) {
      const renamed = outputs.map(({ name, from }) => ({ op: 'Identity', inputs: [from], outputs: [name] }))
      return { nodes: [...nodes, ...renamed], tensors, inputs, outputs }
    },
  }
}
