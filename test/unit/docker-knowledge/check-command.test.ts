import { describe, expect, it } from 'vitest'
import { checkCommand } from '../../../src/docker-knowledge/check-command.js'

const faults = (line: string) =>
  checkCommand(line).flatMap(({ words }) => words.filter(({ status }) => status !== 'known').map(({ text, status }) => `${text} ${status}`))
const paths = (line: string) => checkCommand(line).map(({ path }) => path)

describe('checkCommand', () => {
  it('says of each word what Docker makes of it, and keeps operands apart', () => {
    expect(checkCommand('docker run -dp 80:80 --nmae web nginx ls -l')).toEqual([
      {
        path: 'docker run',
        words: [
          { kind: 'command', text: 'docker', status: 'known', start: 0, end: 6 },
          { kind: 'command', text: 'run', status: 'known', start: 7, end: 10 },
          { kind: 'flag', text: '-d', status: 'known', start: 11, end: 14 },
          { kind: 'flag', text: '-p', status: 'known', start: 11, end: 14 },
          { kind: 'flag', text: '--nmae', status: 'unknown', start: 21, end: 27 },
        ],
        operands: ['web', 'nginx', 'ls', '-l'],
      },
    ])
  })

  it.each([
    ['docker run --name=web -e A=1 --env B=2 -it --rm -v "$(pwd)":/x alpine sh'],
    ['docker -H tcp://192.0.2.10:2376 --tlsverify ps'],
    ['docker compose -f a.yml -p shop up -d --build'],
    ['docker logs web --tail 10 -f'],
    ['docker exec -it web ls --color -Z'],
    ['docker compose run --rm web npm test --watch --nonsense'],
    ['docker top web -o pid,cmd'],
    ['docker service create --replicas 2 nginx nginx -g "daemon off;"'],
    ['docker build -t shop - < Dockerfile'],
    ['docker run -P --publish-all=true nginx'],
    ['docker cp web:/etc - | tar -x --unknown'],
    ['docker run --help'],
    ['docker ps -- --not-a-flag'],
    ['docker scout cves --only-fixed shop'],
    ['dockerd --data-root /srv -H fd://'],
    ['docker COMMAND --help'],
    ['docker run [OPTIONS] IMAGE[:TAG|@DIGEST] [COMMAND] [ARG...]'],
    ['docker volume …'],
    ['docker run … --rm nginx'],
    ['docker rm <container> --force'],
    ['docker run --restart on-failure:5 --pull=never --mount type=bind,src="$(pwd)",dst=/x,ro nginx'],
    ['docker run --mount "type=volume,dst=/x,\\"volume-opt=o=addr=192.0.2.1,rw\\"" nginx'],
    ['docker run --restart=$POLICY --pull POLICY --mount type=<type>,target=/x --mount … nginx'],
    ['docker network create -d ghcr.io/ana/net:1 a && docker network create --driver=macvlan b'],
    ['docker build --pull --progress=plain .'],
    ['docker run -d --restart $(cat policy) nginx'],
  ])('knows every word of: %s', (line) => {
    expect(checkCommand(line)).not.toEqual([])
    expect(faults(line)).toEqual([])
  })

  it.each([
    ['docker rnu nginx', ['rnu unknown']],
    ['docker compose up -f a.yml', ['-f unknown']],
    ['docker run -dX nginx', ['-X unknown']],
    ['docker network crate --subnet 192.0.2.0/24', ['crate unknown']],
    ['docker run … --nonsense nginx', ['--nonsense unknown']],
    ['docker images -h', ['-h deprecated']],
    ['docker run --link db:db nginx', ['--link deprecated']],
    ['docker run --restart unless-stoped nginx', ['unless-stoped unknown']],
    ['docker update --restart=allways web', ['allways unknown']],
    ['docker create --pull if-missing nginx', ['if-missing unknown']],
    ['docker network create -d brigde a', ['brigde unknown']],
    ['docker run --mount type=volum,scr=x,dst=/y nginx', ['type=volum unknown', 'scr=x unknown']],
    ['docker service update --mount-add type=tmpf,dst=/x web', ['type=tmpf unknown']],
    ['docker -d', ['-d removed']],
    ['docker daemon -H fd://', ['daemon removed']],
    ['docker run -name web -link db:db nginx', ['-name removed', '-link removed']],
    ['docker-compose up -d', ['docker-compose deprecated']],
    ['docker-machine create --driver virtualbox default', ['docker-machine removed']],
  ])('finds in "%s" what is wrong or old', (line, expected) => {
    expect(faults(line)).toEqual(expected)
  })

  it.each([
    ['sudo -u ana docker ps', ['docker ps']],
    ['DOCKER_BUILDKIT=1 docker build .', ['docker build']],
    ['docker rm $(docker ps -aq) && docker volume ls', ['docker rm', 'docker ps', 'docker volume ls']],
    ['docker ps -q | xargs -r docker stop', ['docker ps', 'docker stop']],
    ['docker save shop | gzip | ssh ana@192.0.2.10 docker load', ['docker save', 'docker load']],
    ['if ! docker info >/dev/null 2>&1; then /usr/bin/docker.exe version; fi', ['docker info', 'docker version']],
    ['watch -n 2 docker ps', ['docker ps']],
    ['docker exec web docker ps', ['docker exec']],
    ['docker container run nginx', ['docker run']],
    ['docker nothing', ['docker']],
    ['sudo usermod -aG docker ana', []],
    ['ls /var/lib/docker', []],
    ['/etc/docker/daemon.json', []],
    ['docker: command not found', []],
    ['docker-compose.yml', []],
    ['', []],
  ])('finds the calls in: %s', (line, expected) => {
    expect(paths(line)).toEqual(expected)
  })

  it.each([
    ['docker network create', 'too few'],
    ['docker network create --driver bridge', 'too few'],
    ['docker exec -it web', 'too few'],
    ['docker build -t shop', 'too few'],
    ['docker cp web:/etc', 'too few'],
    ['docker run -d --name web', 'too few'],
    ['docker container rename web', 'too few'],
    ['docker compose exec web', 'too few'],
    ['docker ps web', 'too many'],
    ['docker pull nginx redis', 'too many'],
    ['docker tag a b c', 'too many'],
    ['docker compose version 2', 'too many'],
  ])('counts the arguments of: %s (%s)', (line, count) => {
    expect(checkCommand(line).map((command) => command.count)).toEqual([count])
  })

  it.each([
    ['docker network create a'],
    ['docker volume create'],
    ['docker compose down web db'],
    ['docker build - < Dockerfile'],
    ['docker cp web:/etc - | tar -x'],
    ['docker import https://example.com/a.tar shop:1'],
    ['docker rm $(docker ps -aq)'],
    ['docker ps -q | xargs docker rm'],
    ['docker stop "$@"'],
    ['docker tag shop:{1,2}'],
    ['docker run --help'],
    ['docker tag --nonsense'],
    ['docker network'],
    ['docker compose'],
    ['docker rm …'],
    ['docker network create [OPTIONS] NETWORK'],
    ['docker tag SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]'],
    ['docker completion bash'],
    ['docker buildx history import < file'],
    ['docker top web -o pid'],
    ['docker inspect --format "{{json .State}}" web'],
    ['docker swarm join-token worker'],
  ])('does not miscount: %s', (line) => {
    expect(checkCommand(line)).not.toEqual([])
    expect(checkCommand(line).map((command) => command.count)).not.toContain('too few')
    expect(checkCommand(line).map((command) => command.count)).not.toContain('too many')
  })

  it('says why a word is old and what to write today', () => {
    const [found] = checkCommand('docker run --link db nginx')
    expect(found?.words.at(-1)?.note).toContain('network')
    expect(checkCommand('docker run -name web x')[0]?.words.at(-1)?.note).toBe('today --name')
  })
})
