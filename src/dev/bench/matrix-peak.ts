import { InferenceSession, Tensor } from 'onnxruntime-node'
import { encodeOnnx } from '../model-folder/encode-onnx.js'
import { createOnnxGraphBuilder } from '../model-folder/onnx-graph-builder.js'
import { measureMs } from './bench-row.js'

const size = 2048
const runs = 12

/** Operations per second (multiplications and additions) that the runtime reaches on one large matrix product, all cores. */
export async function measureMatrixPeak(dtype: 'q8' | 'fp32'): Promise<number> {
  const session = await InferenceSession.create(Buffer.concat(encodeOnnx(buildProduct(dtype))))
  const left =
    dtype === 'q8' ? new Tensor('uint8', toBytes(), [size, size]) : new Tensor('float32', Float32Array.from(toBytes()), [size, size])
  const times: number[] = []
  for (let run = 0; run < runs; run++) times.push(await measureMs(() => session.run({ left })))
  await session.release()
  // The best run is what the hardware can do; the others were disturbed.
  return (2 * size ** 3) / (Math.min(...times) / 1000)
}

function buildProduct(dtype: 'q8' | 'fp32') {
  const builder = createOnnxGraphBuilder()
  const shape = [size, size]
  const bytes = toBytes()
  const right =
    dtype === 'q8'
      ? builder.constant({ type: 'int8', shape, data: new Int8Array(bytes.buffer) })
      : builder.constant({ type: 'float32', shape, data: Float32Array.from(bytes) })
  const product = builder.node(dtype === 'q8' ? 'MatMulInteger' : 'MatMul', ['left', right])
  // One sum instead of the whole product, so that handing out the result costs nothing.
  const sum = builder.node('ReduceMax', [dtype === 'q8' ? builder.node('Cast', [product], { to: { kind: 'int', value: 1 } }) : product], {
    axes: { kind: 'ints', value: [0, 1] },
  })
  const left = { name: 'left', type: dtype === 'q8' ? 'uint8' : 'float32', shape } as const
  return builder.finish([left], [{ name: 'sum', type: 'float32', shape: [1, 1], from: sum }])
}

function toBytes(): Uint8Array {
  return Uint8Array.from({ length: size * size }, (_, index) => (index * 7) % 100)
}
