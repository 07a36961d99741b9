import { describe, expect, it } from 'vitest'
import { checkComposeFile } from '../../../src/docker-knowledge/check-compose-file.js'

const faults = (text: string, group?: string) =>
  checkComposeFile(text, group)
    .filter(({ status }) => status !== 'known')
    .map(({ line, kind, path, text: word, status }) => `${line}: ${kind} ${path === '' ? word : path} ${status}`)

describe('checkComposeFile', () => {
  it('lists Compose’s own keys with path and line, and passes over names of one’s own', () => {
    const text = 'services:\n  web:\n    image: nginx\n    environment:\n      image: x\nvolumes:\n  data:\n'
    expect(checkComposeFile(text).map(({ path, line, status }) => [path, line, status])).toEqual([
      ['services', 1, 'known'],
      ['services.web.image', 3, 'known'],
      ['services.web.environment', 4, 'known'],
      ['volumes', 6, 'known'],
    ])
  })

  it.each([
    [
      'short forms',
      'services:\n  web:\n    build: .\n    ports: ["80:80"]\n    depends_on: [db]\n    networks: [a]\n    env_file: .env\n    gpus: all',
    ],
    [
      'long forms',
      'services:\n  web:\n    build: {context: ., args: {foo: 1}}\n    ports: [{target: 80}]\n    depends_on: {db: {condition: service_healthy}}',
    ],
    ['anchors, merges and extensions', 'x-a: &a {image: x, x-b: 1}\nservices:\n  web: *a\n  api:\n    <<: *a\n    restart: always'],
    ['tags of Compose', 'services:\n  web:\n    ports: !override ["80:80"]\n    volumes: !reset []'],
    [
      'values that are one of a few, and words that stand for them',
      'services:\n  web:\n    restart: "no"\n    pull_policy: every_12h\n    volumes: [{type: bind}, "./a:/b"]\n    deploy: {mode: $MODE}',
    ],
    [
      'policies, drivers and a value that is taken away',
      'services:\n  web:\n    restart: on-failure:3\n  api:\n    restart: !reset null\nnetworks:\n  a: {driver: overlay}\n  b: {driver: ana/net:2}',
    ],
    ['several documents, and none', '---\nservices: {}\n---\nvolumes:\n  a:\n'],
    ['nothing', ''],
  ])('takes %s', (_title, text) => {
    expect(faults(text)).toEqual([])
  })

  it.each([
    ['services:\n  web:\n    imge: x', ['3: key services.web.imge unknown']],
    ['servces:\n  web: {}', ['1: key servces unknown']],
    ['services:\n  web:\n    ports:\n      - target: 80\n        publish: 1', ['5: key services.web.ports.0.publish unknown']],
    ['services:\n  web:\n    deploy:\n      resources:\n        limit: {}', ['5: key services.web.deploy.resources.limit unknown']],
    ['services:\n  web:\n    depends_on:\n      db:\n        conditon: x', ['5: key services.web.depends_on.db.conditon unknown']],
    ['x-a: &a\n  imge: x\nservices:\n  web: *a', ['2: key services.web.imge unknown']],
    ['services:\n  web:\n    restart: unless-stoped', ['3: value services.web.restart unknown']],
    ['services:\n  web:\n    pull_policy: allways', ['3: value services.web.pull_policy unknown']],
    ['services:\n  web:\n    volumes:\n      - type: volum', ['4: value services.web.volumes.0.type unknown']],
    ['networks:\n  a:\n    driver: brigde', ['3: value networks.a.driver unknown']],
    [
      'services:\n  web:\n    depends_on:\n      db:\n        condition: healthy',
      ['5: value services.web.depends_on.db.condition unknown'],
    ],
    ['version: "3.8"\nservices: {}', ['1: key version deprecated']],
    ['services:\n  web:\n    net: host', ['3: key services.web.net removed']],
    ['networks:\n  a:\n    external:\n      name: b', ['4: key networks.a.external.name deprecated']],
    ['services:\n  web: {}\n  web: {}', ['3: syntax Map keys must be unique unknown']],
  ])('finds in %j what is wrong or old', (text, expected) => {
    expect(faults(text)).toEqual(expected)
  })

  it('reports text that is no YAML instead of failing', () => {
    expect(faults('services:\n  web: [').map((fault) => fault.split(' ').slice(0, 2).join(' '))).toContain('2: syntax')
  })

  it('checks a piece of a file as what it is', () => {
    expect(faults('healthcheck:\n  tset: ls', 'service')).toEqual(['2: key healthcheck.tset unknown'])
    expect(faults('healthcheck:\n  test: ls')).toEqual(['1: key healthcheck unknown'])
  })
})
