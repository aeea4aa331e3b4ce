import type { Asked } from './app-client'

/** What came of the faults so far. */
export class FaultTally {
  trials = 0
  lost = 0
  recovered = 0
  neededKey = 0
  misjudged = 0
  stale = 0
  triedAgain = 0
  readonly broken: string[] = []

  misjudge(where: string, wrongs: readonly string[]): void {
    if (wrongs.length === 0) return
    this.misjudged += 1
    this.broken.push(`${where}: ${wrongs.join('; ')}`)
  }

  lose(where: string, { result, status }: Asked): void {
    this.lost += 1
    this.broken.push(`${where}: lost, ${JSON.stringify(result)}, stands at ${String(status)}`)
  }

  sentOlder(where: string, times: number): void {
    this.stale += times
    this.broken.push(`${where}: an older token was sent ${String(times)} times too often`)
  }

  line(): string {
    const { lost, recovered, neededKey, misjudged, stale } = this
    return `lost ${String(lost)}, recovered ${String(recovered)}, needed key ${String(neededKey)}, misjudged ${String(misjudged)}, stale ${String(stale)}`
  }
}
