/** Where the origin is, where readers reach it, and by which of the two names it is asked. */

export interface OriginAddresses {
  /** Scheme and host. */
  readonly originUrl: string;
  /** Scheme and host. */
  readonly publicUrl: string;
  /**
   * True: the origin is asked by the public host (virtual hosts, sites that build their links from it), and what
   * browsers say of where they are stays as it is. False, the default: by its own.
   */
  readonly preserveHost?: boolean;
}
