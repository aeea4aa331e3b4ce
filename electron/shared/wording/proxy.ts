import type { ProxyQuestion } from '../proxy'
import type { NotificationText } from './notifications'

export const PROXY = {
  title: 'Proxy password',
  means: 'Requests to the service go through this proxy, and it lets nothing through without them:',
  userName: 'User name',
  password: 'Password',
  remember: 'Remember user name and password',
  rememberHelp: 'Saved encrypted with the system keyring. Otherwise they’re used until TokenDesk quits.',
  noKeyring: 'No keyring can protect them here, so they’re used only until TokenDesk quits.',
  use: 'Use',
  enter: 'Enter password…',
  change: 'Change…',
  forget: 'Forget',
  forgotten: 'Proxy password forgotten',
  openGuide: 'Open the guide',
  settings: 'TokenDesk uses the proxy and the trusted certificates of your system.',
  noneAsks: 'No proxy has asked for a password.',
} as const

export function proxyRefused({ host }: ProxyQuestion): string {
  return `The proxy ${host} didn’t accept this user name and password.`
}

export function proxyAsks({ host, isRefused }: ProxyQuestion): string {
  return isRefused
    ? `The proxy ${host} doesn’t accept the saved user name and password.`
    : `The proxy ${host} wants a user name and a password.`
}

export function proxyUses(host: string, isSaved: boolean): string {
  return `The proxy ${host} gets ${isSaved ? 'your saved' : 'your'} user name and password${isSaved ? '' : ' until TokenDesk quits'}.`
}

export function proxyText({ host }: ProxyQuestion): NotificationText {
  return {
    title: 'The network’s proxy wants a password',
    body: `Nothing can be renewed through ${host} until you enter it.`,
  }
}
