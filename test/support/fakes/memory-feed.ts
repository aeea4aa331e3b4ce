import type { FeedOutcome, UpdateFeed } from '../../../electron/core/base/ports'

/** A feed with given content that records its requests. */
export class MemoryFeed implements UpdateFeed {
  readonly asked: string[] = []
  outcome: FeedOutcome = { ok: false, reason: 'nothing there', isTurnedAway: false }

  names(update: object): void {
    this.outcome = { ok: true, text: JSON.stringify(update) }
  }

  read(url: string): Promise<FeedOutcome> {
    this.asked.push(url)
    return Promise.resolve(this.outcome)
  }
}
