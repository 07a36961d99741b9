import * as v from 'valibot'
import { parseRecord } from './command-records.js'
import dockerfileData from './dockerfile.json' with { type: 'json' }

const flagSchema = v.pipe(v.string(), v.regex(/^--[a-z-]+(?: \(labs\))?$/, 'not a flag'))

const dockerfileSchema = v.strictObject({
  source: v.string(),
  directives: v.array(v.string()),
  instructions: v.array(
    v.strictObject({
      name: v.pipe(v.string(), v.regex(/^[A-Z]+$/, 'not an instruction')),
      usage: v.string(),
      flags: v.array(flagSchema),
      deprecated: v.optional(v.string()),
    }),
  ),
  values: v.array(v.strictObject({ flag: v.string(), known: v.array(v.string()) })),
  mounts: v.array(v.strictObject({ type: v.string(), options: v.array(v.string()) })),
})

/** One instruction of a Dockerfile. */
export interface KnownInstruction {
  readonly name: string
  readonly usage: string
  /** `--from` and its like, without marks. */
  readonly flags: ReadonlySet<string>
  /** Why it is old and what to write instead. */
  readonly deprecated?: string | undefined
}

export interface DockerfileVocabulary {
  /** `syntax`, `escape`, `check`. */
  readonly directives: ReadonlySet<string>
  /** By name in capitals. */
  readonly instructions: ReadonlyMap<string, KnownInstruction>
  /** The values that `RUN --network` and its like take, by `INSTRUCTION --flag`. */
  readonly values: ReadonlyMap<string, ReadonlySet<string>>
  /** What `RUN --mount` takes, by the mount's type. */
  readonly mounts: ReadonlyMap<string, ReadonlySet<string>>
}

/** Every instruction of a Dockerfile with what it takes. Fails with INTERNAL when the data file has another shape. */
export function loadDockerfileVocabulary(): DockerfileVocabulary {
  const { directives, instructions, values, mounts } = parseRecord(dockerfileSchema, dockerfileData, 'dockerfile.json')
  return {
    directives: new Set(directives),
    instructions: new Map(
      instructions.map((row) => [row.name, { ...row, flags: new Set(row.flags.map((flag) => flag.split(' ', 1)[0] ?? flag)) }]),
    ),
    values: new Map(values.map(({ flag, known }) => [flag, new Set(known)])),
    mounts: new Map(mounts.map(({ type, options }) => [type, new Set(options)])),
  }
}
