import { spawnSync } from 'node:child_process'

/** The number of a process that has just ended. */
export function findDeadProcess(): number {
  return spawnSync(process.execPath, ['-e', '0']).pid
}
