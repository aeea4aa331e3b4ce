import type { AvailableUpdate } from '../update-feed'
import { isolated } from './messages'
import type { NoticeText } from './notifications'

export function updateText({ version }: AvailableUpdate): NoticeText {
  return {
    title: `TokenDesk ${isolated(version)} is available`,
    body: 'Nothing is installed by itself. Settings, Updates has its notes and its address.',
  }
}

export const UPDATE_ADDRESS_COPIED = 'Address of the update copied'
export const FEED_SET = 'Update feed changed'
export const FEED_OFF = 'TokenDesk asks for no updates any more'
