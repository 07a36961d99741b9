import { analyzeText } from '../word-search/analyze-text.js'

/**
 * Names of technology beside Docker, one word each: languages, frameworks, databases, other container tools, clouds, orchestration,
 * configuration, delivery, monitoring and desktop software. A Docker book may mention them all; that it mentions one does not mean that it
 * answers questions about it. Words that are also everyday English ("go", "chef", "spring") are left out.
 */
const names = `
kubernetes k8s kubectl kubelet kubeadm minikube k3s k3d openshift rancher helm kustomize istio linkerd envoy knative argocd fluxcd tekton
etcd calico cilium flannel metallb rook longhorn velero crossplane eksctl eks aks gke ecs fargate ecr lambda aws azure gcp heroku vercel
netlify digitalocean linode hetzner openstack proxmox vmware vsphere virtualbox hyperv vagrant packer nomad consul terraform opentofu
pulumi ansible saltstack cloudformation podman buildah skopeo crio kaniko lxc lxd incus singularity apptainer firecracker gvisor kata
jenkins gitlab github bitbucket circleci travis teamcity bamboo drone argo spinnaker jenkinsfile sonarqube artifactory nexus maven gradle
prometheus grafana loki kibana elasticsearch logstash opensearch splunk datadog newrelic zabbix nagios jaeger zipkin opentelemetry sentry
traefik nginx haproxy caddy apache tomcat wildfly jetty iis varnish squid cloudflare letsencrypt certbot keycloak okta auth0 oauth saml ldap
kafka rabbitmq activemq mosquitto nats pulsar celery airflow spark hadoop flink dbt snowflake databricks
postgres postgresql mysql mariadb sqlite oracle mongodb mongoose cassandra redis memcached neo4j influxdb couchdb dynamodb firebase supabase
prisma sqlalchemy hibernate sql git svn mercurial html css csv regex latex portainer watchtower harbor
python java javascript typescript kotlin scala ruby perl php golang haskell elixir erlang clojure fortran cobol matlab julia
django flask fastapi rails laravel symfony expressjs nestjs nextjs nuxt reactjs vuejs angularjs svelte jquery webpack vite babel eslint jest cypress
selenium playwright pytest junit numpy pandas pytorch tensorflow keras opencv jupyter
wordpress drupal joomla magento shopify nextcloud minecraft plex photoshop excel powerpoint outlook gmail
android ios iphone ipad xcode flutter unity unreal blender arduino
vim emacs vscode intellij eclipse tmux zsh powershell cmake
graphql grpc protobuf websocket webassembly wasm
`

/** Names that are everyday words as well: they count where they are written with a capital within a sentence. */
const capitalNames = 'Ansible Angular Chef Drone Envoy Express Flux Go Harbor Puppet React Ruby Rust Salt Spark Spring Swift Vault Vue'

let stems: { readonly always: ReadonlySet<string>; readonly withCapital: ReadonlySet<string> } | undefined

/** The terms of a question that name technology beside Docker. */
export function findOtherTechnology(question: string): ReadonlySet<string> {
  stems ??= { always: new Set(analyzeText(names)), withCapital: new Set(analyzeText(capitalNames)) }
  const { always, withCapital } = stems
  const capitals = question.match(/(?<=[\p{L}\p{N},;:'’)]\s+)\p{Lu}\p{Ll}+/gu) ?? []
  return new Set([
    ...analyzeText(question).filter((term) => always.has(term)),
    ...capitals.flatMap((word) => analyzeText(word).filter((term) => withCapital.has(term))),
  ])
}
