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
  'prompt.reference': 'Reference {code}',

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
  'notice.paymentDue': 'Your last payment failed. Update your card by {date} to keep reading.',
  'notice.paymentDue.mend': 'Update your card',

  'cards.moreFrom': 'More from {publication}',
  'cards.related': 'Related',
  'cards.minutes': { one: '{minutes} min read', other: '{minutes} min read' },

  'page.skip': 'Skip to the content',
  'page.contact': 'Questions?',
  'page.home': 'Go to the front page',
  'page.back': 'Back to where you were',
  'page.sandbox': 'Sandbox: nothing here is real, and no money moves.',
  'page.sandboxControls': 'Controls',
  'page.visitorNumber': 'Your visitor number',

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
  'error.checkout-unknown.title': 'We don’t know this checkout',
  'error.checkout-unknown.text':
    'The link isn’t whole, or it’s too old. If you’ve paid, sign in with the email address you gave at checkout.',
  'error.checkout-elsewhere.title': 'This checkout belongs to another browser',
  'error.checkout-elsewhere.text':
    'Only the browser that began it can finish it. If you’ve paid, go back to that one, or sign in here with the email address you gave at checkout.',
  'error.payments-unavailable.title': 'You can’t pay just now',
  'error.payments-unavailable.text':
    'Our payment provider isn’t answering. Nothing has been charged. Please try again in a few minutes.',
  'error.payment-unconfirmed.title': 'Your payment isn’t confirmed yet',
  'error.payment-unconfirmed.text':
    'Our payment provider isn’t answering. If you’ve paid, nothing is lost: try again in a moment, and you can read on.',
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
  'subscribe.held': 'You already have what this opens.',
  'subscribe.held.account': 'See your account',
  'subscribe.atCheckout': 'You’ll see the price at checkout.',
  'subscribe.noPrices': 'We can’t show the prices just now. Please try again in a few minutes.',
  'subscribe.payment': 'You pay on a page of Stripe, our payment provider. We never see your card.',
  'subscribe.notice.cookies':
    'Your browser is ready now; please choose once more. If this comes again, allow cookies for this site.',
  'subscribe.notice.gone': 'That subscription isn’t offered any more. Please choose another.',
  'subscribe.notice.unfinished': 'The payment wasn’t finished, and nothing has been charged.',
  'subscribe.notice.failed': 'The payment didn’t go through. You can try again, or pay another way.',
  'subscribe.notice.overtaken':
    'You’ve just chosen another subscription in another window. Go on there, or choose again here.',

  'price.day': '{price} a day',
  'price.week': '{price} a week',
  'price.month': '{price} a month',
  'price.year': '{price} a year',
  'price.every.day': { one: '{price} every {count} day', other: '{price} every {count} days' },
  'price.every.week': { one: '{price} every {count} week', other: '{price} every {count} weeks' },
  'price.every.month': { one: '{price} every {count} month', other: '{price} every {count} months' },
  'price.every.year': { one: '{price} every {count} year', other: '{price} every {count} years' },
  'price.pass': { one: '{price} for {days} day', other: '{price} for {days} days' },
  'price.trial': { one: 'Free for {days} day, then {price}', other: 'Free for {days} days, then {price}' },
  'price.renews': 'Renews on {date}; cancel any time.',
  'price.firstPayment': 'First payment on {date}; cancel any time.',
  'price.ends': 'Paid once; ends by itself on {date}.',

  'checkout.processing.title': 'Your payment is on its way',
  'checkout.processing.text':
    'The bank hasn’t confirmed it yet. This page looks again by itself, and you can read on as soon as the money is there.',
  'checkout.processing.later':
    'With some banks that takes days. You can close this page; when the money is there, sign in with the email address you gave at checkout.',
  'checkout.lookAgain': 'Look again',

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
  'signIn.link.paidHere':
    'What was paid for in this browser will then belong to whoever the message was sent to. Go on only if that’s you.',
  'signIn.link.ignore': 'Didn’t ask for this? Close the page and nothing happens.',
  'signIn.fault.email': 'Enter a whole email address, such as name@example.com.',
  'signIn.fault.code': 'That code isn’t right. Compare it with the newest message and try again.',
  'signIn.fault.expired': 'That link or code has been used already or is too old. Ask for a new one.',
  'signIn.fault.tooMany': 'Too many tries. Wait a few minutes, then ask for a new code.',
  'signIn.fault.mail': 'We couldn’t send the message. Please try again in a few minutes.',

  'signIn.wasSignedOut':
    'This browser was signed out: from another device, or since it wasn’t used for a long time.',
  'signIn.wasSignedOut.allowed': {
    one: 'This browser was signed out: from another device, since it wasn’t used for a long time, or to make room, since {allowed} device can be signed in at a time.',
    other:
      'This browser was signed out: from another device, since it wasn’t used for a long time, or to make room, since {allowed} devices can be signed in at a time.',
  },
  'signedIn.title': 'You’re signed in',
  'signedIn.out': {
    one: 'Signed out to make room: {devices}. {allowed} device can be signed in at a time.',
    other:
      'Signed out to make room, since used longest ago: {devices}. {allowed} devices can be signed in at a time.',
  },
  'signedIn.continue': 'Read on',
  'signedIn.account': 'See where you’re signed in',

  'account.title': 'Your account',
  'account.email': 'You’re signed in as {email}.',
  'account.subscribed': 'You have a subscription already; here it is.',
  'account.unproved': 'You’re signed in on this browser alone: no address is confirmed yet.',
  'account.address': 'Confirm your address',
  'account.address.text':
    'Confirm your address to read on other devices. If it was mistyped when you paid, put it right here: nothing is lost.',
  'account.subscriptions': 'What you pay for',
  'account.subscription.unnamed': 'Subscription',
  'account.subscription.trialing': 'Free until {date}, then it renews',
  'account.subscription.trialEnds': 'Free until {date}, then it ends and nothing is charged',
  'account.subscription.renews': 'Renews on {date}',
  'account.subscription.renewing': 'Its renewal is under way',
  'account.subscription.paymentsPaused': 'Payments are paused, and you can read on',
  'account.subscription.unpaid': 'It isn’t paid, so it opens nothing now. Update your card to read on.',
  'account.subscription.paused': 'Paused, so it opens nothing now. Often all that’s missing is a card.',
  'account.subscription.ends': 'Ends on {date}; you can read until then and nothing more is charged',
  'account.subscription.ended': 'Ended on {date}',
  'account.subscription.incomplete': 'The first payment isn’t finished, so it opens nothing yet',
  'account.subscription.refunded': 'Your money was given back, so it opens nothing any more',
  'account.subscription.disputed': 'The payment is disputed, so it opens nothing for now',
  'account.subscription.unknown': 'It opens nothing now. “Manage” shows what is missing.',
  'account.subscription.elsewhere':
    'Paid for on this browser, and managed by whoever confirmed the address that was given then',
  'account.subscription.knownOn': 'Stripe isn’t answering just now: this is what we knew on {date}.',
  'account.subscription.unasked': 'Stripe isn’t answering just now. Look again in a few minutes.',
  'account.manage': 'Manage',
  'account.card': 'Change card',
  'account.invoices': 'Invoices',
  'account.cancel': 'Cancel',
  'account.resume': 'Resume',
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
  'account.devices.allowed': {
    one: '{allowed} device can be signed in at a time. Signing in on another signs this one out.',
    other: '{allowed} devices can be signed in at a time. One more signs out the one used longest ago.',
  },
  'account.data': 'Your data',
  'account.export': 'Download what we know of you',
  'account.erase': 'Erase your account',
  'account.erase.lead': 'This can’t be undone.',
  'account.erase.what':
    'Removed: your account and its address, where you’re signed in, what you were given, and the count of your free articles.',
  'account.erase.stays':
    'Stripe keeps your name there, your payments and your invoices, since the publisher has to be able to account for them. Ask the publisher about those.',
  'account.erase.live': {
    one: 'A subscription is running: {plans}. It would go on charging you, so it has to end first, and the time already paid for ends with it.',
    other:
      'Subscriptions are running: {plans}. They would go on charging you, so they have to end first, and the time already paid for ends with them.',
  },
  'account.erase.cancel': 'End it now and erase my account',
  'account.erase.fault.live': 'Tick the box, or cancel in your account and come back once it has ended.',
  'account.erase.fault.partly':
    'Not everything could be removed just now. Press again in a few minutes; if you’re signed out by then, sign in once more.',
  'account.erase.submit': 'Erase my account',
  'account.erase.keep': 'Keep my account',
  'erased.title': 'Your account is erased',
  'erased.text': 'You’re signed out everywhere, and nothing of your account is left here.',
  'erased.canceled': {
    one: '{count} subscription was ended; nothing more is charged.',
    other: '{count} subscriptions were ended; nothing more is charged.',
  },
  'account.signOut': 'Sign out',
  'account.subscribe': 'See subscriptions',

  'signedOut.title': 'You’re signed out',
  'signedOut.text': 'On this browser. Your subscription and your free articles stay as they are.',

  'mail.subject': 'Sign in to {site}',
  'mail.link': 'With this link you sign in to {site}:',
  'mail.button': 'Sign in',
  'mail.confirm.subject': 'Confirm your address for {site}',
  'mail.confirm.link': 'With this link you confirm your address and read {site} on this device too:',
  'mail.confirm.button': 'Confirm',
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
