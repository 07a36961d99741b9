import { analyzeText } from './analyze-text.js'

/** Words of asking, not of the matter: a passage that answers need not repeat them, and a title is not nearer for having them. */
export const askingTerms: ReadonlySet<string> = new Set(
  analyzeText(
    `explain explanation describe description define definition mean meaning difference different differ compare comparison versus vs v
    work works use used using usage way ways example examples show tell know understand learn need want happen happens try help make
    thing things good best better right possible purpose reason kind type types simple simply easy quick quickly question answer
    main important give list short summary overview basic basics step steps exactly say talk call called find change cause cure`,
  ),
)
