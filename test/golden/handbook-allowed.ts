/** What the handbook shows on purpose though it is old, by the command that it belongs to and the word itself, with the reason. */
export interface AllowedWord {
  readonly place: string
  readonly word: string
  readonly reason: string
}

/** Anything else that is not today's Docker is a mistake of the book. */
export const handbookAllowed: readonly AllowedWord[] = [
  { place: 'docker-compose', word: 'docker-compose', reason: 'named as the old form of docker compose' },
  { place: 'docker compose up', word: 'docker-compose', reason: 'named as the old form of docker compose' },
  { place: 'docker-machine', word: 'docker-machine', reason: 'named as a tool of old books' },
  { place: 'boot2docker', word: 'boot2docker', reason: 'named as a tool of old books' },
  { place: 'docker', word: '-d', reason: 'how the oldest books start the daemon' },
  { place: 'docker daemon', word: 'daemon', reason: 'how the oldest books start the daemon' },
  { place: 'docker run', word: '--link', reason: 'named as what networks replaced' },
  { place: 'docker run', word: 'too few arguments', reason: 'typed to show the error message' },
  { place: 'Dockerfile', word: 'ENV KEY', reason: 'named as the old form' },
  { place: 'Dockerfile', word: 'MAINTAINER', reason: 'named as replaced by LABEL' },
]
