import { describe, expect, it } from 'vitest'
import { AppError } from '../../../src/core/errors/app-error.js'
import { checkCommand } from '../../../src/docker-knowledge/check-command.js'
import { parseOldAdvice } from '../../../src/docker-knowledge/old-advice/parse-old-advice.js'
import { findOldAdvice, oldAdvice } from '../../../src/docker-knowledge/old-advice.js'

const hostileLength = 100_000

function foundIds(text: string): readonly string[] {
  return findOldAdvice(text).map(({ entry }) => entry.id)
}

const modernTexts: Readonly<Record<string, string>> = {
  'a Compose file of today': `
services:
  web:
    build: .
    image: registry.example.com/shop/web:2.4.1
    ports: ["127.0.0.1:8080:80"]
    environment:
      DB_HOST: db
    depends_on:
      db: { condition: service_healthy }
    network_mode: bridge
    security_opt:
      - no-new-privileges:true
    logging:
      driver: local
      options: { max-size: 10m }
    links_checker: none
  db:
    image: postgres:17
    volumes: [dbdata:/var/lib/postgresql/data]
volumes:
  dbdata:
    driver: local
`,
  'a Dockerfile of today': `
# syntax=docker/dockerfile:1
FROM --platform=$BUILDPLATFORM golang:1.25-alpine3.22 AS build
WORKDIR /src
ENV CGO_ENABLED=0 GOFLAGS=-trimpath
ARG VERSION=dev
COPY --link go.mod go.sum ./
RUN --mount=type=cache,target=/root/.cache/go-build go build -o /out/app .
FROM debian:trixie-slim
LABEL maintainer="ana@example.com" org.opencontainers.image.authors="ana@example.com"
ADD rootfs.tar.xz /
ADD https://example.com/data.json /srv/data.json
ADD --chmod=644 https://github.com/example/lib.git#v2 /srv/lib
COPY --from=build --link /out/app /app
EXPOSE 2222 8080/tcp
HEALTHCHECK CMD ["/app", "health"]
ENTRYPOINT ["/app"]
`,
  'commands of today': `
docker run -d --name web --network shop --network-alias www -p 8080:80 --restart unless-stopped nginx:1.29
docker run --rm -it --volumes-from db -v "$PWD":/backup alpine:3.22 tar czf /backup/db.tgz /data
docker run --rm alpine find / -name '*.conf' -newer /etc/hosts
docker run --rm node:24-slim npm install -g typescript
docker run -d --link-local-ip 169.254.1.1 nginx
docker compose -f docker-compose.yml -f compose.prod.yaml up -d --scale web=3
docker compose ps && docker compose logs -f web
docker swarm init --advertise-addr 192.0.2.10
docker swarm join --token SWMTKN-1-abc 192.0.2.10:2377
docker run --rm alpine true; docker swarm join-token worker
docker stack deploy -c compose.yaml shop
docker login -u ana --password-stdin registry.example.com
docker tag web:2 registry.example.com/web:2
docker build -t web -f Dockerfile.dev --secret id=npm .
docker buildx build --platform linux/amd64,linux/arm64 --push -t example/web:2 .
docker search --filter stars=100 redis
docker ps -a --filter before=web --no-trunc
docker volume create --driver local --opt type=nfs dbdata
docker image prune -a --filter until=240h; docker rm -f web; docker rmi web:1
docker exec -it web sh -c 'echo $DB_PORT'
docker -H ssh://ana@server ps
docker context create lab --docker host=ssh://ana@server
docker scout cves web:2
sudo systemctl restart docker
sudo dockerd --data-root /mnt/docker --debug
sudo apt-get install docker-ce docker-ce-cli containerd.io docker-buildx-plugin docker-compose-plugin
curl --unix-socket /var/run/docker.sock http://localhost/v1.48/containers/json
docker plugin install --grant-all-permissions vieux/sshfs
`,
  'prose of today': `
The Docker daemon listens on a socket; when the docker daemon does not run, start it with systemctl. Docker Desktop for Mac brings a
virtual machine. Swarm mode turns several machines into one swarm; let the swarm manage the replicas. The file docker-compose.yml is
still read beside compose.yaml. The \`--link\` flag of COPY makes a layer independent of those before it. An automated build in your CI
pipeline pushes to a registry. ENV and ARG differ in when they count, and
ENV is there at run time. Where does Docker store images? Below /var/lib/docker/overlay2. Windows containers need a Windows host;
Fedora CoreOS and Flatcar are systems made for containers. The address 192.168.1.10 is the server's. The builder pattern in Java has
nothing to do with images. See the figure: Fig. 3 shows a link between two networks. A Kubernetes Secret has the type
kubernetes.io/dockerconfigjson. Docker Build Cloud builds on machines of others. The version: 2 of the plan is ready.
`,
  'files of other tools': `
version: 2
updates:
  - package-ecosystem: docker
    directory: /
---
version: "2"
linters:
  enable: [govet]
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
        - image: registry.k8s.io/pause:3.10
`,
  'images of today': `
python:3.13-slim python:3.12-slim-bookworm node:22-alpine node:24 ruby:3.4 golang:1.25 php:8.4-fpm ubuntu:24.04 ubuntu:22.04
debian:12 debian:bookworm-slim debian:trixie alpine:3.22 alpine:3.20.1 fedora:42 rockylinux:9 quay.io/centos/centos:stream10
mysql:8.4 postgres:17.2 mongo:8.0 redis:7.4 redis:8 eclipse-temurin:21-jre jenkins/jenkins:lts registry:3 registry:2.8
mcr.microsoft.com/dotnet/aspnet:9.0 gcr.io/cadvisor/cadvisor:v0.52.1 nginxproxy/nginx-proxy hashicorp/consul rancher/rancher
http://redis:6379 http://node:9100/metrics docker/dockerfile:1
`,
}

/** What old books could say besides the examples of the table, so that every pattern has a text that it is there for. */
const furtherOldTexts: readonly string[] = `
The package is called \`docker-engine\`.
Remove the docker-engine package first.
docker.io run -i -t ubuntu /bin/bash
curl -sSL https://get.docker.com/ubuntu/ | sudo sh
sudo pip install -U docker-compose
docker run docker/compose:1.24.1 version
sudo pip install -U fig
Install Docker for Windows.
Docker Machine creates hosts.
docker run --mount type=bind,src=/src,dst=/src,consistency=cached alpine
Files are shared through osxfs.
Edit /etc/sysconfig/docker on Red Hat.
The job is in /etc/init/docker.conf.
docker daemon --exec-driver=lxc
docker run --lxc-conf="lxc.cgroup.cpuset.cpus = 0,1" busybox
The LXC execution driver came first.
See github.com/docker/libcontainer for the code.
{ "storage-driver": "overlay" }
dockerd -s overlay
{ "graph": "/mnt/docker" }
The option \`--graph\` moves it.
{ "cluster-store": "etcd://10.0.0.5:2379" }
sudo docker -d -r
DOCKER_OPTS="-r=true --dns 8.8.8.8"
curl http://dockerhost:4243/version
from docker import Client
pip install docker-py
The library \`docker-py\` does it.
{ "experimental": "enabled" }
The \`--link\` flag connects two containers.
Connect two containers with the flag \`--link\`.
git clone https://github.com/jpetazzo/pipework
docker run weaveworks/weave
Use \`--net=container:web\` to share.
docker run -rm -i -t ubuntu bash
There is a Logentries driver, too.
docker run -v /usr/local/bin:/target jpetazzo/nsenter
docker-enter web
sudo lxc-attach -n 5f3c
The docker cp command only copies files out of a container.
The MAINTAINER instruction names the author.
pip install x; docker-squash -t app:small app
The experimental \`--squash\` helps.
export COMPOSE_DOCKER_CLI_BUILD=1
{ "features": { "buildkit": true } }
Removing intermediate container 1b2c3d4e5f60
docker insert ubuntu http://example.com/app.conf /etc/app.conf
Docker Content Trust signs tags.
docker trust sign example/web:2
$ notary init example.com/web
FROM ruby:2.1-wheezy
FROM debian:stretch
FROM centos
FROM gliderlabs/alpine:3.4
FROM iojs:2
docker pull jenkins
docker run -p 8080:8080 jenkins:1.609
docker pull k8s.gcr.io/pause:3.1
The command \`docker-compose\` reads it.
The docker-compose command reads it.
Write \`version: '2'\` in the first line.
The key \`volume_driver\` names it.
Creating shop_web_1 ... done
The token comes from \`swarm create\`.
docker-machine create --swarm --swarm-master --swarm-discovery token://abcdef node1
Standalone Swarm speaks the same API.
docker stack deploy --bundle-file shop.dab shop
A Distributed Application Bundle holds all services.
export DOCKER_STACK_ORCHESTRATOR=kubernetes
The dockershim is part of the kubelet.
apiVersion: apps/v1beta1
kind: ReplicationController
kubectl get rc
Tiller runs in the cluster.
docker images -q | xargs docker rmi
docker ps -a -q | xargs docker rm
docker volume ls -qf dangling=true | xargs -r docker volume rm
docker run martin/docker-cleanup-volumes
Create a data volume container.
docker create -v /data --name store busybox true
git clone https://github.com/docker/docker-registry
pip install docker-registry
curl http://localhost:5000/v1/_ping
docker-cloud service run nginx
Open https://cloud.docker.com in the browser.
Tutum deploys for you.
See https://index.docker.io for all images.
An automated build on the Docker Hub follows each commit.
A Trusted Build is made by the index itself.
Docker Trusted Registry stores them.
Docker Datacenter costs money.
Docker Hub Enterprise runs behind the firewall.
We install Docker on CoreOS.
CoreOS Rocket is a rival.
The Deis platform is built on it.
$ flynn create shop
DC/OS starts them.
The Marathon framework starts them.
Google Container Registry stores them.
`
  .trim()
  .split('\n')

const hostilePieces: readonly string[] = [
  ' ',
  '\n',
  'a',
  'A_PORT_1',
  'docker ',
  'docker run ',
  'docker run -d ',
  'docker run \\\n',
  'docker run \\\r\n',
  'docker -H a ',
  'docker export a ',
  'docker rmi ',
  'docker images ',
  'docker-compose ',
  'docker logs only works ',
  'docker create -v /a ',
  'ENV A_B ',
  'ENV  \t',
  'ADD a.tar.tar.tar/b ',
  'ADD a.\t',
  'version: 3\n',
  '"features": { ',
  'Hub automated build',
  ':/a/b:/c',
  'node:0.1',
  ':a-a-slim-',
  'Creating a_a_a_1',
  ' nsenter --mount',
]

describe('the table of old advice', () => {
  it('holds at least 70 entries whose ids are unique and in kebab-case', () => {
    const ids = oldAdvice.map(({ id }) => id)
    expect(ids.length).toBeGreaterThanOrEqual(70)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([])
  })

  it.each(oldAdvice)('recognises $id in a sentence of an old book', ({ id, example }) => {
    expect(foundIds(example)).toContain(id)
  })

  it.each(oldAdvice)('recognises $id in the middle of other text, and with Windows line endings', ({ id, example }) => {
    const text = `As shown above:\n\n${example}\n\nThat is all.\n`
    expect(foundIds(text)).toContain(id)
    expect(foundIds(text.replaceAll('\n', '\r\n'))).toContain(id)
  })

  it("finds no old advice at all in any entry's form of today", () => {
    expect(oldAdvice.filter(({ today }) => foundIds(today).length > 0).map(({ id, today }) => [id, foundIds(today)])).toEqual([])
  })

  it('writes no command in a form of today that Docker does not know, and none that is old itself', () => {
    const inlineCode = oldAdvice.flatMap(({ today }) => [...today.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code))
    const words = inlineCode
      .flatMap((code) => checkCommand(code))
      .flatMap(({ path, words: found }) => found.map((word) => ({ path, ...word })))
    expect(words.length).toBeGreaterThan(100)
    expect(words.filter(({ status }) => status !== 'known').map(({ path, text, status }) => `${path} ${text}: ${status}`)).toEqual([])
  })

  it('has no pattern that no sentence here needs', () => {
    const texts = [...oldAdvice.map(({ example }) => example), ...furtherOldTexts]
    const unused = oldAdvice.flatMap(({ id, recognise }) =>
      recognise.filter((pattern) => !texts.some((text) => text.match(pattern) !== null)).map((pattern) => `${id}: ${pattern}`),
    )
    expect(unused).toEqual([])
  })
})

describe('findOldAdvice', () => {
  it.each(Object.entries(modernTexts))('finds nothing in %s', (_name, text) => {
    expect(findOldAdvice(text).map(({ entry, start, end }) => `${entry.id}: ${text.slice(start, end)}`)).toEqual([])
  })

  it.each([
    ['--net=host', 'Use `--net=host` to share the stack.', 'net-flag'],
    ['a flag on a continued line', 'docker run -d \\\n  --name web \\\n  --link db:db \\\n  web', 'link-flag'],
    ['single dashes', 'docker run -d -link redis:db web', 'link-flag'],
    ['Compose with flags before the command', 'sudo docker-compose -f docker-compose.yml up', 'docker-compose-hyphen'],
    ['Compose in inline code', 'The tool `docker-compose` reads it.', 'docker-compose-hyphen'],
    ['an indented MAINTAINER', '    MAINTAINER Ana <ana@example.com>', 'maintainer-instruction'],
    ['xargs', 'docker ps -a -q | xargs --no-run-if-empty docker rm', 'rm-of-listed-containers'],
    ['images by xargs', 'docker images -q --filter dangling=true | xargs docker rmi', 'rmi-of-listed-images'],
    ['a version key with a decimal', 'version: "2.1"\r\n\r\nservices:\r\n', 'compose-version-key'],
    ['old output of a build', 'Step 4 : RUN apt-get update', 'classic-builder-output'],
  ])('recognises %s', (_name, text, id) => {
    expect(foundIds(text)).toContain(id)
  })

  it.each([
    ['the file name docker-compose.yml', 'Save it as `docker-compose.yml` and commit it.'],
    ['the package docker-compose-plugin', 'apt-get install docker-compose-plugin'],
    ['COPY --link', 'COPY --link app:app /srv'],
    ['a lower-case maintainer', 'The maintainer of the image is named in a label.'],
    ['docker run -d', 'docker run -d nginx'],
    ['the next command of a line', 'docker run -d nginx; tool --net eth0 --link a'],
    ['the next piece of inline code', '`docker run nginx` and `ip --netns` or `tool --link a`'],
    ['overlay2', 'dockerd --storage-driver=overlay2'],
    ['an archive that ADD unpacks', 'ADD site.tar.gz /srv/\n'],
    ['data-root in daemon.json', '{ "data-root": "/mnt/docker", "storage-driver": "overlay2" }'],
  ])('does not take %s for old advice', (_name, text) => {
    expect(foundIds(text)).toEqual([])
  })

  it('gives offsets that slice back to the words, in the order of the text', () => {
    const text = 'FROM ubuntu:14.04\nMAINTAINER Ana\n\nRun `docker-machine ls`, then `docker-compose up` and docker-compose ps.\n'
    const slices = findOldAdvice(text).map(({ entry, start, end }) => [entry.id, text.slice(start, end)])
    expect(slices).toEqual([
      ['ubuntu-12-14', 'ubuntu:14.04'],
      ['maintainer-instruction', 'MAINTAINER A'],
      ['docker-machine', 'docker-machine'],
      ['docker-compose-hyphen', 'docker-compose up'],
      ['docker-compose-hyphen', 'docker-compose ps'],
    ])
  })

  it('reports a place once, though two patterns of an entry match there', () => {
    expect(foundIds('docker run --link db:db web')).toEqual(['link-flag'])
  })

  it('finds the same twice in a row, since no pattern remembers where it stopped', () => {
    const text = 'docker-machine ls'
    expect(foundIds(text)).toEqual(foundIds(text))
    expect(foundIds(text)).toEqual(['docker-machine'])
  })

  it.each(hostilePieces)('comes to an end on 100,000 characters of %j', (piece) => {
    const text = piece.repeat(Math.ceil(hostileLength / piece.length))
    const findings = findOldAdvice(text)
    expect(findings.every(({ start, end }) => start < end && end <= text.length)).toBe(true)
  })
})

describe('parseOldAdvice', () => {
  const entry = {
    id: 'some-advice',
    kind: 'flag',
    says: 'Use --old.',
    since: { year: 2015 },
    today: 'Use --new.',
    example: 'tool --old',
    recognise: [/--old/g],
  }

  it.each([
    ['an id with capitals', { ...entry, id: 'SomeAdvice' }],
    ['an unknown kind', { ...entry, kind: 'rumour' }],
    ['no year', { ...entry, since: {} }],
    ['an empty text', { ...entry, today: ' ' }],
    ['no pattern', { ...entry, recognise: [] }],
    ['a pattern that is not global', { ...entry, recognise: [/--old/] }],
    ['a pattern that matches the empty text', { ...entry, recognise: [/(?:--old)?/g] }],
    ['a pattern that repeats without bound', { ...entry, recognise: [/tool .*--old/g] }],
    ['a pattern that repeats at least once without bound', { ...entry, recognise: [/tool [^\n]{1,}--old/g] }],
    ['a key that nobody knows', { ...entry, note: 'x' }],
  ])('refuses an entry with %s', (_name, broken) => {
    expect(() => parseOldAdvice([entry, broken])).toThrow(AppError)
    expect(() => parseOldAdvice([entry, broken])).toThrow(/entry 2 of the old advice/)
  })

  it('refuses an id that is used twice, and names it', () => {
    expect(() => parseOldAdvice([entry, entry])).toThrow(/some-advice/)
  })

  it('hands back what fits', () => {
    expect(parseOldAdvice([entry])).toEqual([entry])
  })
})
