/** Finds the front page, by the host that the site wants to be asked by. */
import type { AskSite, SiteAnswer } from './ask-site.ts';
import { headerOf } from './ask-site.ts';

export type Entered =
  | {
      readonly kind: 'entered';
      readonly ask: AskSite;
      readonly originUrl: string;
      readonly publicUrl: string;
      /** Asked by its own host it sends everybody to the public one. */
      readonly needsPublicHost: boolean;
      readonly front: SiteAnswer;
      readonly remarks: readonly string[];
    }
  | { readonly kind: 'closed'; readonly why: string };

const mostRedirects = 5;

export const enterSite = async (
  from: URL,
  askAt: (url: string, publicUrl: string) => AskSite,
): Promise<Entered> => {
  const remarks: string[] = [];
  let [originUrl, publicUrl] = [from.origin, from.origin];
  let target = `${from.pathname}${from.search}`;
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const ask = askAt(originUrl, publicUrl);
    const answer = await ask(target, 'page');
    if (answer.kind !== 'answer')
      return {
        kind: 'closed',
        why: `${originUrl}${target} can’t be looked at: ${answer.why}. Is it the site’s address, and does it answer from this machine?`,
      };
    const to = redirectOf(answer, `${publicUrl}${target}`);
    if (to === undefined) {
      const why = refusalOf(answer, `${originUrl}${target}`);
      if (why !== undefined) return { kind: 'closed', why };
      const needsPublicHost = new URL(originUrl).host !== new URL(publicUrl).host;
      return { ...{ kind: 'entered', ask, originUrl, publicUrl, needsPublicHost, front: answer }, remarks };
    }
    if (to.origin !== publicUrl) {
      const isNear = bare(to.host) === bare(new URL(originUrl).host);
      if (isNear || publicUrl !== originUrl) {
        remarks.push(`${originUrl} leads to ${to.origin}, which was looked at instead.`);
        originUrl = to.origin;
      } else
        remarks.push(
          `${originUrl} sends whoever asks it by that name to ${to.origin}, and was asked by the name of that one.`,
        );
      publicUrl = to.origin;
    }
    target = `${to.pathname}${to.search}`;
  }
  return {
    kind: 'closed',
    why: `${from.href} leads on and on, from redirect to redirect. Give the address at which they end.`,
  };
};

/** Another port is another server. */
const bare = (host: string): string => host.replace(/^www\./, '');

const redirectOf = ({ status, headers }: SiteAnswer, base: string): URL | undefined => {
  const location = headerOf(headers, 'location');
  if (status < 300 || status > 399 || location === undefined || !URL.canParse(location, base))
    return undefined;
  const to = new URL(location, base);
  return /^https?:$/.test(to.protocol) ? to : undefined;
};

const refusalOf = ({ status, type, text }: SiteAnswer, address: string): string | undefined => {
  if (status === 401 || status === 403)
    return `${address} is answered ${status}: it is closed to strangers. Let this machine’s address in, or give an address that is open.`;
  if (status === 429 || status === 503)
    return `${address} is answered ${status}: the site is busy, or keeps programs out. Try again later, or let this machine’s address in.`;
  if (status !== 200) return `${address} is answered ${status}. Give the address of the site’s front page.`;
  if (text === '' || !/^(?:text\/html|application\/xhtml\+xml|)$/.test(type))
    return `${address} is no page but ${type === '' ? 'empty' : type}. Give the address of the site’s front page.`;
  return undefined;
};
