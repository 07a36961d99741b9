/** A course article of the kind that people bring: front matter, shortcode, inline HTML; ten passages, all about client and daemon. */
export const dockerArticle = `---
title: Understanding the Docker client and daemon
author: Ines Calder
timestamp: 2021-03-14
tags: [docker, architecture]
books: [Docker in Harbour]
---

{% youtube aBcDeFgHiJk %}

Docker looks like a single program, yet two programs work together whenever you type a command. This article follows one command from the keyboard to the running process, and tells which of the two programs does which part of the work on the way.

# The two halves

## The Docker client

The <b>Docker client</b> is the program \`docker\` that you run in a terminal. It reads your command line, checks that the flags make sense, turns them into a request and sends that request to a server. It does not start any process itself, it holds no images, and it can be closed at any moment without harm to a running container. You may install the client on a laptop that has no container engine at all and point it to a machine elsewhere with \`DOCKER_HOST\`.

## The Docker daemon

The <b>Docker daemon</b>, called \`dockerd\`, is a long-running background service. It listens for requests on a socket, pulls and stores images, creates networks and volumes, and starts and supervises containers. Unlike the client it usually runs as root, since it has to set up namespaces and control groups. When the daemon stops, nobody can manage containers until it is back, whatever clients are around.

## How the two differ

A client is short-lived and harmless, a daemon is permanent and powerful. The client speaks for a person, the daemon acts on the machine. Many clients can talk to one daemon at the same time, and one client can talk to many daemons, one after another. If you see the message <i>Cannot connect to the Docker daemon</i>, the client works well and has not found its server.

# The road between them

## The socket

On Linux both meet at the Unix socket \`/var/run/docker.sock\`. Whoever may write to this file may do everything that the daemon can, so that membership in the group \`docker\` is as good as being root. Never mount the socket into a container that you do not trust.

## The REST interface

What travels over the socket is ordinary HTTP with JSON bodies. You can call it with other tools than the official client:

\`\`\`bash
curl --unix-socket /var/run/docker.sock http://localhost/version
\`\`\`

Graphical tools, editors and continuous integration servers speak the same interface, which is why all of them see the same containers.

## Remote daemons

With \`docker context create\` you give a name to a remote daemon, and with \`docker context use\` you switch to it. The connection goes through SSH, so that no port has to be opened. Commands then run as if the remote machine were your own, except that bind mounts name folders of the remote machine.

# One command, step by step

Take \`docker run --rm -it alpine sh\`. The client parses the flags and asks the daemon to create a container. If the image is missing, the daemon pulls it from the registry, layer by layer, and reports progress to the client. Then the daemon starts the container, and the client attaches your terminal to it.

# Versions

The command \`docker version\` prints two blocks, one per half. Client and daemon need not have the same version: they agree on the newest version of the interface that both understand. A client that is much newer than its server may offer flags that the server refuses.

# What to remember

Ask two questions when something fails: did the request reach the daemon, and did the daemon refuse it? The first kind of failure is about sockets, hosts and permissions; the second kind is about images, names and resources. The logs of the daemon tell the second story, often with \`journalctl -u docker\`.
`
