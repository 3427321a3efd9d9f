/** Where the console is: at an origin of its own, by another port or another host name, or at the site's, on purpose or for want of one. */
import { isLocal, ownAddress } from './addresses.ts';

export interface ConsoleSettings {
  /** Origin only. The same as `publicUrl`: the site's pages and the console share one. */
  readonly url: string;
  /** Listened on, beside the site's, for the console alone. Absent: the site's own listener answers both. */
  readonly port?: number;
  /** Nobody named that port: where another program has it, a later one does as well. */
  readonly isAnyPort?: true;
}

interface AddressFacts {
  readonly consoleUrl: string | undefined;
  readonly consolePort: number | undefined;
  readonly publicUrl: string;
  readonly originUrl: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly metricsPort: number | undefined;
  readonly sandbox: boolean;
  /** The app around the middleware listens, at a port that only PUBLIC_URL knows. */
  readonly hosted: boolean;
  /** PUBLIC_URL or OPERATORS is set: somebody has bookmarks, a proxy, a firewall that know where the console is. */
  readonly isPlaced: boolean;
}

interface PlacedConsole {
  readonly console: ConsoleSettings;
  readonly faults: readonly string[];
}

/**
 * Where nothing is said of it, the sandbox's console is at the next port; where operators or an address are named, it
 * stays where it was before it could be elsewhere.
 */
export const placeConsole = (facts: AddressFacts): PlacedConsole => {
  const { consoleUrl, consolePort, publicUrl } = facts;
  if (consoleUrl !== undefined)
    return placed(consoleUrl, consolePort ?? portNamedBy(consoleUrl, facts), facts);
  if (consolePort === undefined) return { console: besideOrShared(facts), faults: [] };
  if (facts.sandbox && !facts.hosted && !facts.isPlaced)
    return placed(ownAddress(facts.host, consolePort), consolePort, facts);
  return {
    console: { url: publicUrl },
    faults: [
      'CONSOLE_URL: write where operators reach the console, such as https://console.example.com; it is required with CONSOLE_PORT.',
    ],
  };
};

const besideOrShared = ({
  sandbox,
  hosted,
  isPlaced,
  publicUrl,
  host,
  port,
  metricsPort,
}: AddressFacts): ConsoleSettings => {
  const next = port + 1 === metricsPort ? port + 2 : port + 1;
  // Of port 0 nobody knows what it will be, nor what comes after it.
  if (!sandbox || hosted || isPlaced || port === 0 || next > lastPort) return { url: publicUrl };
  return { url: ownAddress(host, next), port: next, isAnyPort: true };
};

export const lastPort = 65_535;

/**
 * An address such as `http://127.0.0.1:9000` names a port of this machine that nobody else will listen on. What is
 * reached by https, or without a port, is a proxy's, which sends it here.
 */
const portNamedBy = (consoleUrl: string, { hosted, host, port }: AddressFacts): number | undefined => {
  const { protocol, hostname, port: named } = new URL(consoleUrl);
  const isHere = isLocal(consoleUrl) || hostname === host || hostname === `[${host}]`;
  if (hosted || protocol !== 'http:' || named === '' || Number(named) === port || !isHere) return undefined;
  return Number(named);
};

const placed = (url: string, port: number | undefined, facts: AddressFacts): PlacedConsole => ({
  console: { url, ...(port === undefined ? {} : { port }) },
  faults: url === facts.publicUrl ? faultsOfShared(facts) : faultsOf(url, port, facts),
});

const faultsOfShared = ({ consolePort }: AddressFacts): readonly string[] =>
  consolePort === undefined
    ? []
    : [
        'CONSOLE_PORT: leave it out, or write a CONSOLE_URL that isn’t PUBLIC_URL; with one address there is one port.',
      ];

const faultsOf = (url: string, port: number | undefined, facts: AddressFacts): readonly string[] => {
  const { publicUrl, originUrl, sandbox, metricsPort } = facts;
  const name = facts.consolePort === undefined ? 'CONSOLE_URL' : 'CONSOLE_PORT';
  const faults: string[] = [];
  if (!sandbox && url.startsWith('http:') && !isLocal(url))
    faults.push(
      'CONSOLE_URL: write an https:// address; over http anybody on the way can take an operator’s place.',
    );
  if (url === originUrl)
    faults.push('CONSOLE_URL: write an address of Gatefold’s own; ORIGIN_URL is the site behind it.');
  if (port === undefined && hostsOf(url).some((host) => hostsOf(publicUrl).includes(host)))
    faults.push(
      'CONSOLE_URL: write another host name or port than that of PUBLIC_URL, or the very same address; http and https alone can’t be told apart here.',
    );
  if (port === facts.port && !facts.hosted)
    faults.push(
      `${name}: write another port than PORT; or leave CONSOLE_PORT out, and the host name of CONSOLE_URL tells the two apart.`,
    );
  if (port !== undefined && port === metricsPort)
    faults.push(`${name}: write another port than METRICS_PORT.`);
  return faults;
};

/** As a `Host` header may spell it. */
export const hostsOf = (origin: string): readonly string[] => {
  const { protocol, host, hostname, port } = new URL(origin);
  const usual = protocol === 'https:' ? '443' : '80';
  return port === '' ? [host, `${hostname}:${usual}`] : [host];
};
