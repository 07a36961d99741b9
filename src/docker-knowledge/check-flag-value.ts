import { type CommandValues, isStandIn, loadCommandValues } from './vocabulary/known-values.js'

export interface ValueFinding {
  /** `unless-stopped`, or one option of a mount: `type=volume`. */
  readonly text: string
  readonly status: 'known' | 'unknown'
}

const ownValues = loadCommandValues()

/**
 * What Docker makes of the value of a flag, named as `docker run --restart`: one finding for a value that is one of a few, one for each
 * option of a mount, none for a flag that takes anything and for words that stand for others (`$POLICY`).
 */
export function checkFlagValue(flag: string, value: string, known: CommandValues = ownValues): readonly ValueFinding[] {
  if (known.mountFlags.has(flag)) return checkMount(value, known)
  const isKnown = known.values.get(flag)
  return isKnown === undefined || isStandIn(value) ? [] : [{ text: value, status: isKnown(value) ? 'known' : 'unknown' }]
}

function checkMount(value: string, { mountTypes, mountOptions }: CommandValues): readonly ValueFinding[] {
  // As in CSV, a field in quotes holds commas of its own.
  const fields = (value.match(/"[^"]*"|[^,]+/g) ?? []).map((field) => field.replaceAll('"', ''))
  return fields.flatMap((text) => {
    const [option = text, ...rest] = text.split('=')
    if (isStandIn(option)) return []
    const isKnown = option === 'type' ? isStandIn(rest.join('=')) || mountTypes.has(rest.join('=')) : mountOptions.has(option)
    return [{ text, status: isKnown ? ('known' as const) : ('unknown' as const) }]
  })
}
