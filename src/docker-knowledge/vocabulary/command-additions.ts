/**
 * What the help pages do not show and people meet all the same, one entry a line: the command, and its flag if it is one, in the form
 * of the help pages | known, deprecated, removed, or open (what follows is not checked) | why, in words for the reader | source.
 * "client", "compose", "buildx" and "daemon" as a source mean that the program of the version in commands.json was asked: it takes the
 * word though its help hides it, or refuses it.
 */
export const commandAdditions = `
docker help | open | the same as --help | client
docker completion | known | prints a completion script for a shell | client
docker system dial-stdio | known | used by ssh:// contexts | client
docker run --net network | known | hidden alias of --network | client
docker run --net-alias list | known | hidden alias of --network-alias | client
docker run --dns-opt list | known | hidden alias of --dns-option | client
docker create --net network | known | hidden alias of --network | client
docker create --net-alias list | known | hidden alias of --network-alias | client
docker create --dns-opt list | known | hidden alias of --dns-option | client
docker run --link list | deprecated | legacy links; put both containers on a network of your own | Docker manual, legacy container links
docker create --link list | deprecated | legacy links; put both containers on a network of your own | Docker manual, legacy container links
docker run --kernel-memory bytes | deprecated | the kernel dropped the limit; use --memory | docker/cli docs/deprecated.md
docker create --kernel-memory bytes | deprecated | the kernel dropped the limit; use --memory | docker/cli docs/deprecated.md
docker update --kernel-memory bytes | deprecated | the kernel dropped the limit; use --memory | docker/cli docs/deprecated.md
docker run --cpuset string | removed | today --cpuset-cpus | docker/cli docs/deprecated.md
docker run --networking | removed | today --network none | docker/cli docs/deprecated.md
docker run --lxc-conf list | removed | the LXC driver left in Docker 1.10 | docker/cli docs/deprecated.md
docker run -n | removed | today --network none | docker/cli docs/deprecated.md
docker ps --since string | removed | today --filter since=… | docker/cli docs/deprecated.md
docker ps --before string | removed | today --filter before=… | docker/cli docs/deprecated.md
docker ps --since-id string | removed | today --filter since=… | docker/cli docs/deprecated.md
docker ps --before-id string | removed | today --filter before=… | docker/cli docs/deprecated.md
docker ps --notrunc | removed | today --no-trunc | docker/cli docs/deprecated.md
docker images --notrunc | removed | today --no-trunc | docker/cli docs/deprecated.md
docker images --viz | removed | left long ago, without replacement | client
docker history --notrunc | removed | today --no-trunc | docker/cli docs/deprecated.md
docker search --notrunc | removed | today --no-trunc | docker/cli docs/deprecated.md
docker search --automated | removed | today --filter is-automated=true | docker/cli docs/deprecated.md
docker search -s, --stars int | removed | today --filter stars=N | docker/cli docs/deprecated.md
docker search -t, --trusted | removed | without replacement | docker/cli docs/deprecated.md
docker login -e, --email string | removed | a login needs no mail address since Docker 17.06 | docker/cli docs/deprecated.md
docker tag -f, --force | removed | a tag is moved without it since Docker 1.12 | docker/cli docs/deprecated.md
docker commit --run string | removed | today --change | docker/cli docs/deprecated.md
docker volume create --name string | deprecated | the name is the argument: docker volume create NAME | client
docker stack --orchestrator string | deprecated | ignored; stacks run on Swarm alone | client
docker stack deploy --orchestrator string | deprecated | ignored; stacks run on Swarm alone | client
docker stack deploy --bundle-file string | removed | bundles left in Docker 20.10 | docker/cli docs/deprecated.md
docker context create --kubernetes string | removed | Kubernetes contexts left the client | docker/cli docs/deprecated.md
docker context create --default-stack-orchestrator string | removed | Kubernetes contexts left the client | docker/cli docs/deprecated.md
docker swarm init --auto-accept string | removed | Docker 1.12 replaced acceptance with join tokens | client
docker swarm init --secret string | removed | Docker 1.12 replaced the secret with join tokens | client
docker swarm join --manager | removed | the token says which role a node joins in | client
docker swarm join --secret string | removed | today --token | client
docker node accept | removed | nodes join with a token since Docker 1.12 | client
docker node tasks | removed | today docker node ps | client
docker service tasks | removed | today docker service ps | client
docker build --stream | removed | BuildKit always sends what it needs | docker/cli docs/deprecated.md
docker build --print string | deprecated | today --call | buildx
docker buildx build --print string | deprecated | today --call | buildx
docker buildx build --squash | deprecated | taken for the old builder's sake and ignored | buildx
docker buildx build --compress | deprecated | taken for the old builder's sake and ignored | buildx
docker buildx build --isolation string | deprecated | taken for the old builder's sake and ignored | buildx
docker buildx build --force-rm | deprecated | taken for the old builder's sake and ignored | buildx
docker buildx build --rm | deprecated | taken for the old builder's sake and ignored | buildx
docker buildx build --security-opt strings | deprecated | taken for the old builder's sake and ignored | buildx
docker buildx build -m, --memory bytes | deprecated | taken for the old builder's sake and ignored | buildx
docker buildx build --cpuset-cpus string | deprecated | taken for the old builder's sake and ignored | buildx
docker buildx build -c, --cpu-shares int | deprecated | taken for the old builder's sake and ignored | buildx
docker buildx install | deprecated | buildx has been the default builder since Docker 23 | buildx
docker buildx uninstall | deprecated | buildx has been the default builder since Docker 23 | buildx
docker buildx prune --keep-storage bytes | deprecated | today --reserved-space | buildx
docker builder prune --keep-storage bytes | deprecated | today --reserved-space | buildx
docker builder prune --reserved-space bytes | known | buildx answers for docker builder prune | buildx
docker builder prune --max-used-space bytes | known | buildx answers for docker builder prune | buildx
docker builder prune --min-free-space bytes | known | buildx answers for docker builder prune | buildx
docker builder prune --builder string | known | buildx answers for docker builder prune | buildx
docker builder prune --verbose | known | buildx answers for docker builder prune | buildx
docker -d, --daemon | removed | the daemon is dockerd since Docker 1.12 | docker/cli docs/deprecated.md
docker daemon | removed | the daemon is dockerd since Docker 1.12 | docker/cli docs/deprecated.md
docker deploy | removed | today docker stack deploy | docker/cli docs/deprecated.md
docker engine | removed | left in Docker 20.10 | docker/cli docs/deprecated.md
docker insert | removed | left before Docker 1.0; copy files in a Dockerfile | Docker 0.6 command list
docker app | removed | Docker App is no longer developed | Docker release notes, 20.10
docker scan | removed | today docker scout | Docker Desktop release notes, 4.19
docker compose --no-ansi | deprecated | today --ansi never | compose
docker compose --verbose | deprecated | today docker --debug compose | compose
docker compose --workdir string | deprecated | today --project-directory | compose
docker compose -v, --version | known | prints the version | compose
docker compose build --compress | deprecated | without effect in version 2 | compose
docker compose build --force-rm | deprecated | without effect in version 2 | compose
docker compose build --no-rm | deprecated | without effect in version 2 | compose
docker compose build --parallel | deprecated | builds are parallel in version 2 | compose
docker compose build --progress string | deprecated | a global flag today: docker compose --progress plain build | compose
docker compose pull --parallel | deprecated | pulls are parallel in version 2 | compose
docker compose pull --no-parallel | deprecated | without effect in version 2 | compose
docker compose rm -a, --all | deprecated | without effect in version 2 | compose
docker compose run --no-TTY | deprecated | today --no-tty or -T | compose
docker compose run -t, --tty | known | the default | compose
docker compose exec -i, --interactive | known | the default | compose
docker compose exec -t, --tty | known | the default | compose
docker-compose bundle | removed | bundles left in Docker 20.10 | Compose 1 command list
docker-compose migrate-to-labels | removed | for containers of Compose before 1.3 | Compose 1 command list
docker-compose help | removed | today --help | Compose 1 command list
docker-compose -H, --host string | removed | a flag of docker today: docker -H … compose | Compose 1 command list
docker-compose -c, --context string | removed | a flag of docker today: docker -c … compose | Compose 1 command list
docker-compose --log-level string | removed | a flag of docker today | Compose 1 command list
docker-compose --tls | removed | a flag of docker today | Compose 1 command list
docker-compose --tlscacert string | removed | a flag of docker today | Compose 1 command list
docker-compose --tlscert string | removed | a flag of docker today | Compose 1 command list
docker-compose --tlskey string | removed | a flag of docker today | Compose 1 command list
docker-compose --tlsverify | removed | a flag of docker today | Compose 1 command list
docker-compose --skip-hostname-check | removed | without replacement | Compose 1 command list
docker scout | open | plugin of Docker, installed apart or with Docker Desktop | Docker manual, Scout
docker init | open | plugin of Docker Desktop | Docker manual, docker init
docker debug | open | plugin of Docker Desktop | Docker manual, docker debug
docker desktop | open | plugin of Docker Desktop | Docker manual, docker desktop
docker extension | open | plugin of Docker Desktop | Docker manual, docker extension
docker model | open | plugin, Docker Model Runner | Docker manual, Model Runner
docker mcp | open | plugin, MCP Toolkit | Docker manual, MCP Toolkit
docker offload | open | plugin of Docker Desktop | Docker manual, Docker Offload
docker ai | open | plugin of Docker Desktop | Docker manual, Gordon
docker sbom | open | experimental plugin; docker scout sbom does the same | Docker manual, SBOM
docker-machine * | removed | Docker Machine is deprecated and archived; use docker context over ssh | docker/machine README
docker-swarm * | removed | classic Swarm is deprecated and archived; use docker swarm | docker/cli docs/deprecated.md
boot2docker * | removed | replaced by Docker Toolbox, then Docker Desktop | boot2docker-cli README
dockerd -g, --graph string | removed | today --data-root | docker/cli docs/deprecated.md
dockerd -r, --restart | deprecated | today a restart policy of each container | daemon
dockerd --cluster-store string | removed | for classic Swarm | docker/cli docs/deprecated.md
dockerd --cluster-advertise string | removed | for classic Swarm | docker/cli docs/deprecated.md
dockerd --cluster-store-opt map | removed | for classic Swarm | docker/cli docs/deprecated.md
dockerd --api-cors-header string | deprecated | put a reverse proxy before the socket | daemon
dockerd --api-enable-cors | removed | put a reverse proxy before the socket | docker/cli docs/deprecated.md
dockerd --disable-legacy-registry | removed | registries of version 1 are gone | docker/cli docs/deprecated.md
dockerd --exec-driver string | removed | the LXC driver left in Docker 1.10 | docker/cli docs/deprecated.md
dockerd --allow-nondistributable-artifacts list | deprecated | always allowed today | daemon
dockerd --oom-score-adjust int | removed | set it in the service's unit file | daemon
dockerd -d, --daemon | removed | dockerd is always the daemon | docker/cli docs/deprecated.md
`
