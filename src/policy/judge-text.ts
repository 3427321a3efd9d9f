/** Whether a text is a language, a time zone, an address to write to, a JSON Pointer: what no schema library can know. */
import { nearest } from './nearest.ts';

export interface TextFault {
  readonly message: string;
  readonly instead: string;
}

export const languageFault = (tag: string): TextFault | undefined => {
  if (tag.length > longestTag) return noLanguage(tag);
  const hyphened = tag.replaceAll('_', '-');
  if (hyphened !== tag && languageFault(hyphened) === undefined) {
    return { message: `${quoted(tag)} has an underscore, and language tags have hyphens`, instead: hyphened };
  }
  return isLanguage(tag) ? undefined : noLanguage(tag);
};

const longestTag = 100;

const noLanguage = (tag: string): TextFault => ({
  message: `${quoted(tag)} isn't a language tag (BCP 47)`,
  instead: 'a tag such as en, de, fr, pt-BR or zh-Hans',
});

/** Whether the shape is right and the language, the first part, exists. */
const isLanguage = (tag: string): boolean => {
  try {
    const { language } = new Intl.Locale(tag);
    return languageNames.of(language) !== undefined;
  } catch {
    return false;
  }
};

const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

export const timeZoneFault = (name: string): TextFault | undefined => {
  if (/^[a-z]/i.test(name) && isTimeZone(name)) return undefined;
  const near = nearest(name.replaceAll(' ', '_'), Intl.supportedValuesOf('timeZone'));
  return {
    message: `${quoted(name)} isn't a time zone`,
    instead: near ?? 'an IANA name such as Europe/London, America/New_York or UTC',
  };
};

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

/** It ends in a link, so that only what a link may safely hold is let through. */
export const contactFault = (contact: string): TextFault | undefined => {
  if (/^[^\s@<>"'/:]+@[^\s@<>"'/:]+\.[^\s@<>"'/:]+$/.test(contact)) return undefined;
  if (/^https?:\/\/[^\s<>"']+$/.test(contact) && URL.canParse(contact)) return undefined;
  return {
    message: `${quoted(contact)} is neither an e-mail address nor an https:// address`,
    instead: 'an address such as readers@example.com or https://example.com/help',
  };
};

/** RFC 6901, where `*` stands for every element of a list. The empty pointer, the whole document, can't be cut. */
export const pointerFault = (pointer: string): TextFault | undefined => {
  if (!pointer.startsWith('/') || pointer === '/') {
    const steps = pointer.replace(/^[$./]+/, '').replaceAll('.', '/');
    return {
      message: `${quoted(pointer)} isn't a JSON Pointer, which begins with / and names each step`,
      instead: `/${steps || 'content_html'}`,
    };
  }
  if (!/~(?![01])/.test(pointer)) return undefined;
  return {
    message: `a ~ in a JSON Pointer is written ~0, and a / in a name ~1`,
    instead: pointer.replace(/~(?![01])/g, '~0'),
  };
};

const quoted = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);

/** What copies can be kept apart by: a name, and one whose value isn't each reader's own. */
export const headerNameFault = (name: string): TextFault | undefined => {
  if (!/^[a-z\d!#$%&'*+.^_`|~-]+$/i.test(name) || name === '*')
    return {
      message: `${quoted(name)} isn't the name of a header`,
      instead: 'a name such as Accept-Language or Sec-CH-UA-Mobile',
    };
  if (!ownHeaders.test(name)) return undefined;
  return {
    message: `no copies can be kept apart by ${quoted(name)}, which differs with every reader or is set by the gate`,
    instead: 'originCache.personalCookies for cookies, or no line at all',
  };
};

const ownHeaders =
  /^(?:cookie|authorization|host|accept-encoding|accept|forwarded|x-forwarded-.*|x-real-ip|range|if-.*|gatefold-.*)$/i;
