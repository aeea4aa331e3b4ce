import type { AvailableUpdate } from '../update-feed'
import { isolated } from './messages'
import type { NotificationText } from './notifications'

export function updateText({ version }: AvailableUpdate): NotificationText {
  return {
    title: `TokenDesk ${isolated(version)} is available`,
    body: 'Nothing is installed automatically. See Settings, Updates for release notes and the download address.',
  }
}

export const UPDATE_ADDRESS_COPIED = 'Update address copied'
export const FEED_SET = 'Update feed changed'
export const FEED_OFF = 'Update checks turned off'
