import { analyzeText } from '../../word-search/analyze-text.js'

// Words that a paraphrase exchanges without changing what is claimed.
const groups = `
remove delete erase|folder directory|start launch begin|show print display|keep retain preserve persist|machine computer|need require necessary
let allow permit|give provide supply|make create|change modify alter edit|get obtain|send pass transmit hand|whole entire complete full|quick fast
kind sort type|tell say state|lie live stand reside|lost vanish disappear gone|several many multiple|find locate|copy duplicate|connect join
option setting flag|own belong|take accept|put place|refer name|write type|finish end|happen occur|wrong incorrect
pull download|upload push|reach access|space room|choose pick select|number count|keep hold|describe define
`

const canonical = new Map<string, string>(
  groups
    .trim()
    .split(/\s*[|\n]\s*/)
    .flatMap((group) => {
      const stems = group.split(' ').flatMap((word) => analyzeText(word).slice(0, 1))
      return stems.map((stem): [string, string] => [stem, stems[0] ?? stem])
    }),
)

/** The term that stands for all that mean the same. */
export function toCanonical(term: string): string {
  return canonical.get(term) ?? term
}
