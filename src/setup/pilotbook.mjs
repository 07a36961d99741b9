#!/usr/bin/env node
// The command `pilotbook`. In a clone that was not built yet, or whose sources changed, it installs and builds first.
import { pathToFileURL } from 'node:url'
import { prepare } from './prepare.mjs'

const entry = await prepare()
await import(pathToFileURL(entry).href)
