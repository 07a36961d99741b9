/**
 * English function words: articles, pronouns, auxiliaries, prepositions, conjunctions, question words and their contractions.
 * A full list of these beat the short classic ones by .04 nDCG on Docker books (retrieval notes), so it errs on the long side,
 * but holds no word that names something in Docker ("run", "up", "down", "exec" and the like stay searchable).
 */
const functionWords = `
a an the this that these those such
i me my myself mine we us our ours ourselves you your yours yourself yourselves
he him his himself she her hers herself it its itself they them their theirs themselves one
who whom whose which what where when why how whatever whichever
am is are was were be been being do does did doing done have has had having
will would shall should can could may might must ought cannot
and or but nor so yet if then else than because while although though whether unless until
of at by for with about against between among through during before after above below to from in into onto on upon
as like over under again further within without toward towards via per
there here once always ever just only also too very quite rather really actually even still already
some any each every all both few more most many much several other another own same no not none neither either
don't doesn't didn't isn't aren't wasn't weren't haven't hasn't hadn't won't wouldn't shan't shouldn't can't couldn't mustn't
i'm you're he's she's it's we're they're i've you've we've they've i'd you'd he'd she'd we'd they'd i'll you'll he'll she'll we'll they'll
let's that's who's what's here's there's when's where's why's how's
please
whats doesnt didnt dont isnt arent wasnt werent havent hasnt hadnt wont wouldnt shouldnt cant couldnt mustnt im youre theyre ive youve
weve theyve ill youll theyll lets thats whos heres theres wheres whys hows
wat wut wher wich teh u ur r pls plz thx btw
`

/** Words that carry no topic; compared after lower-casing, before stemming. */
export const stopWords: ReadonlySet<string> = new Set(functionWords.split(/\s+/).filter((word) => word !== ''))
