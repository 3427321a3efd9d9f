/** The French messages; the narrow no-break space before `?`, `!`, `;` and in guillemets is written as an escape, to be seen. */
import type { Catalogue } from './en.ts';

export const fr: Catalogue = {
  line: 'Vous lisez un aperçu\u00a0: abonnez-vous pour lire la suite.',
  'prompt.registration': 'Pour cet article, un compte gratuit suffit.',
  'prompt.exhausted': {
    one: 'Vous avez lu votre article gratuit. La lecture gratuite reprend le {date}.',
    other: 'Vous avez lu vos {of} articles gratuits. La lecture gratuite reprend le {date}.',
  },
  'prompt.network':
    'Les articles gratuits de votre réseau sont épuisés. La lecture gratuite reprend le {date}.',
  'prompt.network.undated': 'Les articles gratuits de votre réseau sont épuisés.',
  'prompt.locked': 'L’article entier est réservé aux abonnés.',
  'prompt.prefetch': 'Cette page a été chargée à l’avance. Rechargez-la pour lire la suite.',
  'prompt.uncuttable': 'Nous ne pouvons pas montrer d’extrait de cet article ici.',
  'prompt.degraded':
    'Nous ne pouvons pas vérifier votre accès pour le moment. Réessayez dans quelques minutes.',
  'prompt.subscribe': 'S’abonner',
  'prompt.register': 'Créer un compte gratuit',
  'prompt.plans': 'Abonnements',
  'prompt.subscriber': 'Déjà abonné\u202f?',
  'prompt.account': 'Déjà un compte\u202f?',
  'prompt.signIn': 'Se connecter',
  'prompt.signedIn': 'Vous êtes connecté.',
  'prompt.yourAccount': 'Votre compte',

  notice: {
    one: 'Encore {left} article gratuit sur {of} jusqu’au {date}',
    other: 'Encore {left} articles gratuits sur {of} jusqu’au {date}',
  },
  'notice.registered': {
    one: 'Votre compte donne encore {left} article gratuit sur {of} jusqu’au {date}',
    other: 'Votre compte donne encore {left} articles gratuits sur {of} jusqu’au {date}',
  },
  'notice.last': 'C’est votre dernier article gratuit jusqu’au {date}',
  'notice.reread': 'Plus d’autre article gratuit jusqu’au {date}, mais celui-ci vous reste ouvert',

  'cards.moreFrom': 'À lire aussi dans {publication}',
  'cards.related': 'Sur le même sujet',
  'cards.minutes': { one: '{minutes} min de lecture', other: '{minutes} min de lecture' },

  'page.skip': 'Aller au contenu',
  'page.contact': 'Une question\u202f?',
  'page.home': 'Aller à la page d’accueil',
  'page.back': 'Revenir à la page précédente',

  'error.bad-address.title': 'Cette adresse est erronée',
  'error.bad-address.text':
    'Elle contient des caractères qu’aucune adresse n’a ici. Cherchez une faute de frappe ou partez de la page d’accueil.',
  'error.not-found.title': 'Il n’y a pas de page ici',
  'error.not-found.text':
    'Elle a peut-être changé d’adresse, ou le lien contient une erreur. Partez de la page d’accueil.',
  'error.origin-unreachable.title': 'Le site ne répond pas',
  'error.origin-unreachable.text':
    'Vous n’y êtes pour rien\u00a0: nous avons demandé cette page au site sans obtenir de réponse. Réessayez dans un instant.',
  'error.origin-timeout.title': 'C’est trop long',
  'error.origin-timeout.text':
    'Vous n’y êtes pour rien\u00a0: le site est là, mais trop lent pour le moment. Réessayez dans un instant.',
  'error.unavailable.title': 'De retour dans un instant',
  'error.unavailable.text':
    'Un service dont nous avons besoin est en panne. C’est en général l’affaire de quelques minutes\u00a0: réessayez bientôt.',
  'error.too-many-requests.title': 'C’était un peu rapide',
  'error.too-many-requests.text':
    'Trop de demandes sont venues de votre réseau. Attendez une minute, puis réessayez.',
  'error.retry': 'Réessayer',
  'error.code': 'Code d’erreur',

  'subscribe.title': 'Lisez toute l’histoire',
  'subscribe.lead': 'Un abonnement à {site} vous ouvre les articles en entier.',
  'subscribe.article': 'Vous lisiez «\u202f{title}\u202f». Vous pourrez y revenir ensuite.',
  'subscribe.offer': 'Abonnements',
  'subscribe.includes': 'Comprend {products}',
  'subscribe.choose': 'Choisir {plan}',
  'subscribe.arranged.title': 'Comment s’abonner',
  'subscribe.arranged':
    'Sur ce site, l’abonnement se conclut avec l’éditeur\u00a0; aucun paiement ne se fait ici.',
  'subscribe.arranged.contact':
    'Écrivez à l’éditeur. Une fois l’abonnement en place, connectez-vous avec la même adresse e-mail.',
  'subscribe.arranged.ask':
    'Demandez un abonnement à l’éditeur. Une fois qu’il est en place, connectez-vous avec la même adresse e-mail.',
  'subscribe.have': 'Vous avez déjà accès\u202f?',

  'signIn.title': 'Se connecter',
  'signIn.lead': 'Sans mot de passe\u00a0: nous envoyons un lien et un code à votre adresse e-mail.',
  'signIn.email': 'Adresse e-mail',
  'signIn.send': 'Recevoir le lien',
  'signIn.submit': 'Se connecter',
  'signIn.code.title': 'Consultez vos e-mails',
  'signIn.code.lead': {
    one: 'Nous avons écrit à {email}. Ouvrez le lien du message ou saisissez ici son code. Les deux servent une seule fois, pendant {minutes} minute.',
    other:
      'Nous avons écrit à {email}. Ouvrez le lien du message ou saisissez ici son code. Les deux servent une seule fois, pendant {minutes} minutes.',
  },
  'signIn.code.label': 'Code du message',
  'signIn.code.nothing': 'Rien reçu\u202f? Regardez dans les indésirables ou vérifiez l’adresse.',
  'signIn.code.again': 'Renvoyer le message ou changer d’adresse',
  'signIn.link.title': 'Encore un clic',
  'signIn.link.lead': 'Ce bouton connecte ce navigateur à {site}.',
  'signIn.link.ignore': 'Vous n’avez rien demandé\u202f? Fermez la page, il ne se passera rien.',
  'signIn.fault.email': 'Saisissez une adresse e-mail complète, par exemple nom@example.com.',
  'signIn.fault.code': 'Ce code n’est pas le bon. Comparez-le au message le plus récent et réessayez.',
  'signIn.fault.expired': 'Ce lien ou ce code a déjà servi ou est trop ancien. Demandez-en un nouveau.',
  'signIn.fault.tooMany': 'Trop d’essais. Attendez quelques minutes, puis demandez un nouveau code.',
  'signIn.fault.mail': 'Nous n’avons pas pu envoyer le message. Réessayez dans quelques minutes.',

  'account.title': 'Votre compte',
  'account.email': 'Vous êtes connecté avec l’adresse {email}.',
  'account.access': 'Ce que vous pouvez lire',
  'account.access.none':
    'Pas d’abonnement pour le moment. Les articles ouverts et gratuits vous restent accessibles.',
  'account.until': 'Jusqu’au {date}',
  'account.fromUntil': 'Du {from} au {date}',
  'account.source.subscription': 'votre abonnement',
  'account.source.pass': 'un pass que vous avez acheté',
  'account.source.comp': 'offert par l’éditeur',
  'account.source.group': 'par votre groupe',
  'account.source.institution': 'par votre établissement',
  'account.source.gift': 'offert par un abonné',
  'account.devices': 'Où vous êtes connecté',
  'account.device.this': 'Ce navigateur',
  'account.device.unnamed': 'Un navigateur',
  'account.device.seen': 'Dernière utilisation le {date}',
  'account.device.signOut': 'Déconnecter',
  'account.device.signOutNamed': 'Déconnecter\u00a0: {device}',
  'account.devices.signOutAll': 'Se déconnecter partout',
  'account.signOut': 'Se déconnecter',
  'account.subscribe': 'Voir les abonnements',

  'signedOut.title': 'Vous êtes déconnecté',
  'signedOut.text':
    'Sur ce navigateur seulement. Votre abonnement et vos articles gratuits restent tels quels.',

  'mail.subject': 'Se connecter à {site}',
  'mail.link': 'Ce lien vous connecte à {site}\u00a0:',
  'mail.button': 'Se connecter',
  'mail.code': 'Ou saisissez ce code là où vous avez demandé à vous connecter\u00a0:',
  'mail.expires': {
    one: 'Les deux servent une seule fois, pendant {minutes} minute.',
    other: 'Les deux servent une seule fois, pendant {minutes} minutes.',
  },
  'mail.ignore':
    'Si vous n’avez rien demandé, ne faites rien\u00a0: sans ce message, personne ne peut se connecter.',
};
