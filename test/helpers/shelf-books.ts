const exitCodes =
  'The exit code 137 tells that a container was killed by the signal KILL, most often because it used more memory than its limit ' +
  'allowed, and the exit code 143 tells that it ended by the signal TERM, as `docker stop` sends it.'

// Numbers in every few words, so that no recipe is taken for a copy of another.
const volumeSection = (n: number) => {
  const steps = Array.from({ length: 5 }, (_, m) => `Step ${m + 1} of recipe ${n} mounts volume ${n * 10 + m} for data ${n * 100 + m}.`)
  return `## Volume recipe ${n}\n\nA named volume is mounted into a container so that its data lasts. ${steps.join(' ')}\n`
}

/** Three books: two of known years that both treat volumes and print the same passage on exit codes, and one that treats no Docker. */
export const shelfBooks: Readonly<Record<string, string>> = {
  'Old Notes.md': [
    '---\ntitle: Old Notes\nyear: 2014\n---',
    '# Storage\n\n## What a volume is\n',
    'A volume keeps the data of a container outside its writable layer, so the data outlives the container. The flag `-v` mounts it.',
    '\n## Exit codes\n',
    exitCodes,
    '\n## Networks\n\nA bridge network joins the containers of one host.\n',
  ].join('\n'),
  'New Notes.md': [
    '---\ntitle: New Notes\nyear: 2024\n---',
    '# Data\n\n## What a volume is\n',
    'A volume is data that belongs to Docker and not to one container: named volumes keep data when a container is removed.\n',
    ...Array.from({ length: 14 }, (_, n) => volumeSection(n + 1)),
    '## Exit codes once more\n',
    exitCodes,
    '',
  ].join('\n'),
  'Cook Book.md': [
    '# Cook Book\n\n## Bread\n\nMix flour, water and salt, and keep the dough in a warm place over night.\n',
    '## Soup\n\nBoil onions and carrots, and keep what is left in the container with the lid.\n',
  ].join('\n'),
}
