/** The English messages; their keys are the keys of every other catalogue. */
import type { CountedText } from './counted-text.ts';

export const en = {
  line: 'You’re reading a preview, subscribe to read more.',
  'prompt.registration': 'For this article a free account is enough.',
  'prompt.exhausted': {
    one: 'You’ve read your free article. Free reading starts again on {date}.',
    other: 'You’ve read your {of} free articles. Free reading starts again on {date}.',
  },
  'prompt.network':
    'The free articles for readers on your network have been used up. Free reading starts again on {date}.',
  'prompt.network.undated': 'The free articles for readers on your network have been used up.',
  'prompt.locked': 'The whole article is for subscribers.',
  'prompt.prefetch': 'This page was loaded ahead of time. Reload it to read on.',
  'prompt.uncuttable': 'We can’t show a part of this article here.',
  'prompt.degraded': 'We can’t check your access right now. Please try again in a few minutes.',
  'prompt.subscribe': 'Subscribe',
  'prompt.register': 'Create a free account',
  'prompt.plans': 'Subscriptions',
  'prompt.subscriber': 'Already a subscriber?',
  'prompt.account': 'Have an account?',
  'prompt.signIn': 'Sign in',
  'prompt.signedIn': 'You’re signed in.',
  'prompt.yourAccount': 'Your account',

  notice: {
    one: '{left} of {of} free articles left until {date}',
    other: '{left} of {of} free articles left until {date}',
  },
  'notice.registered': {
    one: 'Your account has {left} of {of} free articles left until {date}',
    other: 'Your account has {left} of {of} free articles left until {date}',
  },
  'notice.last': 'This is your last free article until {date}',
  'notice.reread': 'No free articles left until {date}, but this one stays open to you',

  'cards.moreFrom': 'More from {publication}',
  'cards.related': 'Related',
  'cards.minutes': { one: '{minutes} min read', other: '{minutes} min read' },

  'page.skip': 'Skip to the content',
  'page.contact': 'Questions?',
  'page.home': 'Go to the front page',
  'page.back': 'Back to where you were',

  'error.bad-address.title': 'This address can’t be right',
  'error.bad-address.text':
    'It holds characters that no address here has. Look for a typing mistake, or start from the front page.',
  'error.not-found.title': 'There’s no page here',
  'error.not-found.text': 'It may have moved, or the link to it has a mistake. Start from the front page.',
  'error.origin-unreachable.title': 'The site isn’t answering',
  'error.origin-unreachable.text':
    'Nothing is wrong on your side: we asked the site for this page and got no answer. Please try again in a moment.',
  'error.origin-timeout.title': 'This is taking too long',
  'error.origin-timeout.text':
    'Nothing is wrong on your side: the site is there but too slow just now. Please try again in a moment.',
  'error.unavailable.title': 'Back in a moment',
  'error.unavailable.text':
    'Something we need is out of order just now. It’s usually mended within minutes; please try again.',
  'error.too-many-requests.title': 'That was a little fast',
  'error.too-many-requests.text': 'Too many requests came from your network. Wait a minute, then try again.',
  'error.retry': 'Try again',
  'error.code': 'Error code',

  'subscribe.title': 'Read the whole story',
  'subscribe.lead': 'A subscription to {site} opens the articles in full.',
  'subscribe.article': 'You were reading “{title}”. You’ll find your way back to it.',
  'subscribe.offer': 'Subscriptions',
  'subscribe.includes': 'Includes {products}',
  'subscribe.choose': 'Choose {plan}',
  'subscribe.arranged.title': 'How to subscribe',
  'subscribe.arranged': 'Subscriptions on this site are arranged with the publisher; you can’t pay here.',
  'subscribe.arranged.contact':
    'Write to the publisher. Once your subscription is set up, sign in with the same email address.',
  'subscribe.arranged.ask':
    'Ask the publisher for a subscription. Once it’s set up, sign in with the same email address.',
  'subscribe.have': 'Already have access?',

  'signIn.title': 'Sign in',
  'signIn.lead': 'No password: we send a link and a code to your email address.',
  'signIn.email': 'Email address',
  'signIn.send': 'Send the link',
  'signIn.submit': 'Sign in',
  'signIn.code.title': 'Look in your mail',
  'signIn.code.lead': {
    one: 'We’ve written to {email}. Open the link in the message, or enter its code here. Both work once, within {minutes} minute.',
    other:
      'We’ve written to {email}. Open the link in the message, or enter its code here. Both work once, within {minutes} minutes.',
  },
  'signIn.code.label': 'Code from the message',
  'signIn.code.nothing': 'Nothing there? Look among the spam, or check the address.',
  'signIn.code.again': 'Send it again or use another address',
  'signIn.link.title': 'One more press',
  'signIn.link.lead': 'The button signs this browser in to {site}.',
  'signIn.link.ignore': 'Didn’t ask for this? Close the page and nothing happens.',
  'signIn.fault.email': 'Enter a whole email address, such as name@example.com.',
  'signIn.fault.code': 'That code isn’t right. Compare it with the newest message and try again.',
  'signIn.fault.expired': 'That link or code has been used already or is too old. Ask for a new one.',
  'signIn.fault.tooMany': 'Too many tries. Wait a few minutes, then ask for a new code.',
  'signIn.fault.mail': 'We couldn’t send the message. Please try again in a few minutes.',

  'account.title': 'Your account',
  'account.email': 'You’re signed in as {email}.',
  'account.access': 'What you can read',
  'account.access.none':
    'No subscription at the moment. Open and free articles are there for you all the same.',
  'account.until': 'Until {date}',
  'account.fromUntil': 'From {from} until {date}',
  'account.source.subscription': 'your subscription',
  'account.source.pass': 'a pass you bought',
  'account.source.comp': 'given to you by the publisher',
  'account.source.group': 'through your group',
  'account.source.institution': 'through your institution',
  'account.source.gift': 'a gift from a subscriber',
  'account.devices': 'Where you’re signed in',
  'account.device.this': 'This browser',
  'account.device.unnamed': 'A browser',
  'account.device.seen': 'Last used on {date}',
  'account.device.signOut': 'Sign out',
  'account.device.signOutNamed': 'Sign out: {device}',
  'account.devices.signOutAll': 'Sign out everywhere',
  'account.signOut': 'Sign out',
  'account.subscribe': 'See subscriptions',

  'signedOut.title': 'You’re signed out',
  'signedOut.text': 'On this browser. Your subscription and your free articles stay as they are.',

  'mail.subject': 'Sign in to {site}',
  'mail.link': 'With this link you sign in to {site}:',
  'mail.button': 'Sign in',
  'mail.code': 'Or enter this code where you asked for it:',
  'mail.expires': {
    one: 'Both work once, within {minutes} minute.',
    other: 'Both work once, within {minutes} minutes.',
  },
  'mail.ignore': 'If you didn’t ask for this, do nothing: without this message nobody can sign in.',
};

type English = typeof en;

export type Catalogue = {
  readonly [Key in keyof English]: English[Key] extends string ? string : CountedText;
};
export type CountedKey = {
  [Key in keyof English]: English[Key] extends string ? never : Key;
}[keyof English];
export type TextKey = Exclude<keyof English, CountedKey>;
