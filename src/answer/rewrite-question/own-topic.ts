/** What Docker deals with, and computers around it: a question that names one of them is about something of its own. */
const nouns = `docker dockerfile compose container image volume mount network bridge overlay port service stack swarm node manager worker
secret config registry repository hub tag digest layer cache daemon dockerd client engine host socket context builder buildx buildkit
healthcheck entrypoint command log driver plugin namespace cgroup capability seccomp runtime containerd runc manifest label variable
environment file folder directory path user root permission memory cpu limit disk space error message database server app application
process machine kernel proxy certificate key tls dns ip address subnet interface backup archive tarball script shell terminal windows
linux mac macos wsl ubuntu debian desktop project build push pull stage argument flag option package kubernetes podman udp tcp`

const topics: ReadonlySet<string> = new Set(nouns.split(/\s+/))
const instruction = /^\p{Lu}{2,}$/u
/** Flags, paths, file and image names, numbers. */
const code = /^-{1,2}\p{L}|^[~/]\S|[\p{L}\p{N}][_./:@-]+[\p{L}\p{N}]|\p{N}|`/u

/** Whether the words name something of Docker's world, or something written as code. */
export function hasOwnTopic(text: string): boolean {
  return text.split(/[\s,;()?!"]+/).some(isTopic)
}

export function isTopic(word: string): boolean {
  const bare = word.replace(/^['"(]+|['").:,;]+$/g, '')
  const plain = bare.toLowerCase().replace(/'s$/, '')
  return (
    [plain, plain.replace(/s$/, ''), plain.replace(/e?s$/, ''), plain.replace(/ies$/, 'y')].some((form) => topics.has(form)) || isCode(bare)
  )
}

function isCode(word: string): boolean {
  return instruction.test(word) || code.test(word)
}
