/** The process environment, parsed once; every fault is reported at once. */

export interface Settings {
  readonly port: number;
  readonly host: string;
  /** Origin only, no trailing slash; undefined until the server listens on its own address. */
  readonly publicUrl: string;
  readonly origin: { readonly kind: 'http'; readonly url: string } | { readonly kind: 'folder'; readonly directory: string };
  readonly policyFile: string;
  /** Undefined: the embedded store in `dataDir`. */
  readonly redisUrl?: string;
  readonly dataDir: string;
  readonly tokenKeys: readonly TokenKeySetting[];
  readonly smtpUrl?: string;
  readonly mailFrom: string;
  readonly operators: readonly string[];
  /** Addresses and CIDR ranges of proxies whose `X-Forwarded-*` are believed; empty: none. */
  readonly trustProxy: readonly string[];
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
  readonly metricsPort?: number;
  /** No real Stripe and no real site: defaults for secrets are made and kept in `dataDir`. */
  readonly sandbox: boolean;
}

export type TokenKeySetting =
  | { readonly kid: string; readonly kind: 'secret'; readonly secret: Buffer }
  | { readonly kid: string; readonly kind: 'pem'; readonly pem: string };
