/** Whether TokenDesk starts when the user logs in to the system: off unless wanted, offered once. */
import type { LoginStart, Result } from '../../shared/ipc/contract'
import type { NotificationLog } from '../notifications/notification-log'
import type { LoginItem } from '../base/ports'
import { StorageUnwritableError } from '../base/errors'
import { toResult, done } from '../base/results'

export class LoginStartService {
  constructor(
    private readonly item: LoginItem,
    private readonly shown: NotificationLog,
  ) {}

  /** The system's own settings are the truth: the user may have changed them there. */
  get status(): LoginStart {
    return { on: this.item.isOn(), offered: this.shown.wasShown('start-at-login-offered') }
  }

  /** The program may have moved since it was switched on. Nobody has asked: what can't be written stays as it is. */
  follow(): void {
    try {
      this.item.follow()
    } catch (error) {
      if (!(error instanceof StorageUnwritableError)) throw error
    }
  }

  async choose(on: boolean): Promise<Result<LoginStart>> {
    return await toResult('start-at-login', () => {
      if (on !== this.item.isOn()) this.item.set(on)
      this.shown.markShown('start-at-login-offered')
      return done(this.status)
    })
  }
}
