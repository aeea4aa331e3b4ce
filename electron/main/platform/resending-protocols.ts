import type { CommandLine } from 'electron'

/**
 * Call before the app is ready. Over HTTP/2 and HTTP/3 Chromium has more reasons to send a request twice (a refused
 * stream was seen to arrive three times), and two small calls gain nothing from either. What remains is status 421, by
 * which a server says that it hasn't processed the request (RFC 9110, section 15.5.20).
 */
export function turnOffResendingProtocols(commandLine: Pick<CommandLine, 'appendSwitch'>): void {
  commandLine.appendSwitch('disable-http2')
  commandLine.appendSwitch('disable-quic')
}
