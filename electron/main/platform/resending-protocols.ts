import type { CommandLine } from 'electron'

/**
 * To be called before the app is ready. Over HTTP/2 and HTTP/3 Chromium has further reasons to send twice on its own
 * (a refused stream was seen to arrive three times), and two small calls gain nothing from either. What is left is
 * status 421, by which a server says that it hasn't looked at the request (RFC 9110, section 15.5.20).
 */
export function turnOffResendingProtocols(commandLine: Pick<CommandLine, 'appendSwitch'>): void {
  commandLine.appendSwitch('disable-http2')
  commandLine.appendSwitch('disable-quic')
}
