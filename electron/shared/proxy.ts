/** Proxies that want a user name and a password. */

export interface ProxyQuestion {
  /** `proxy.example.com:3128` */
  readonly host: string
  /** It has refused the last user name and password. */
  readonly isRefused: boolean
}

export interface ProxyStatus {
  /** Waits for an answer; null: none has asked, or all have what they want. */
  readonly asks: ProxyQuestion | null
  /** The proxy that gets a user name and a password. */
  readonly uses: string | null
  /** These are saved as well, encrypted. */
  readonly isSaved: boolean
  /** A keyring is there that protects them. */
  readonly canSave: boolean
}

/** Longer than any that a proxy takes. */
export const PROXY_TEXT_MAX_LENGTH = 1_000
