import { describe, expect, it } from 'vitest'
import { findOtherTechnology } from '../../../src/docker-knowledge/other-technology.js'

const namesIn = (question: string) => [...findOtherTechnology(question)]

describe('findOtherTechnology', () => {
  it.each([
    ['How do I write a Helm chart?', 'helm'],
    ['terraform plan', 'terraform'],
    ['Istio sidecars', 'istio'],
    ['Kubernetes operators', 'kubernet'],
    ['how do I install k8s?', 'k8s'],
    ['PYTHON LISTS', 'python'],
    ['postgres replication', 'postgr'],
    ['how do I run an ansible playbook?', 'ansibl'],
  ])('knows the name in: %s', (question, term) => {
    expect(namesIn(question)).toEqual([term])
  })

  it.each([
    'How do I create a React component?',
    "how do React's hooks work?",
    'an app in Go, on Express',
    'the same in Rust',
    'how do I store it in Vault?',
  ])('knows names that are everyday words as well by their capital: %s', (question) => {
    expect(namesIn(question).length).toBeGreaterThan(0)
  })

  it.each([
    'What is the difference between an image and a container?',
    'how do I use docker compose with a volume and a network on the host?',
    'docker run --rm -it alpine sh',
    'EXPOSE, ENTRYPOINT and CMD in a Dockerfile',
    'go to the right folder and tell the chef what to cook in spring',
    'how does a container react to SIGTERM?',
    'how do I express a dependency between services?',
    'Express it in one line. Go on. React at once.',
    'Cannot connect to the Docker daemon at unix:///var/run/docker.sock',
    'swarm services, stacks, secrets and nodes',
    'containerd, runc, buildx and BuildKit',
    'reactors and googols',
    '',
    '🐳',
  ])('takes nothing for another technology in: %s', (question) => {
    expect(namesIn(question)).toEqual([])
  })

  it('names each once, as the term of its analysis', () => {
    expect(namesIn('kubernetes or Kubernetes, and helm').sort()).toEqual(['helm', 'kubernet'])
  })
})
