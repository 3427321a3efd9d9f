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
  'prompt.reference': 'Référence {code}',

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
  'notice.paymentDue':
    'Votre dernier paiement a échoué. Mettez votre carte à jour avant la fin du {date} pour continuer à lire.',
  'notice.paymentDue.mend': 'Mettre la carte à jour',

  'cards.moreFrom': 'À lire aussi dans {publication}',
  'cards.related': 'Sur le même sujet',
  'cards.minutes': { one: '{minutes} min de lecture', other: '{minutes} min de lecture' },

  'page.skip': 'Aller au contenu',
  'page.contact': 'Une question\u202f?',
  'page.home': 'Aller à la page d’accueil',
  'page.back': 'Revenir à la page précédente',
  'page.sandbox': 'Bac à sable\u00a0: rien ici n’est réel et aucun argent ne circule.',
  'page.sandboxControls': 'Commandes',
  'page.visitorNumber': 'Votre numéro de visiteur',

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
  'error.checkout-unknown.title': 'Ce paiement nous est inconnu',
  'error.checkout-unknown.text':
    'Le lien est incomplet ou trop ancien. Si vous avez payé, connectez-vous avec l’adresse e-mail donnée lors du paiement.',
  'error.checkout-elsewhere.title': 'Ce paiement appartient à un autre navigateur',
  'error.checkout-elsewhere.text':
    'Seul le navigateur qui l’a commencé peut le terminer. Si vous avez payé, revenez à celui-ci, ou connectez-vous ici avec l’adresse e-mail donnée lors du paiement.',
  'error.payments-unavailable.title': 'Le paiement est impossible pour le moment',
  'error.payments-unavailable.text':
    'Notre prestataire de paiement ne répond pas. Rien n’a été débité. Réessayez dans quelques minutes.',
  'error.payment-unconfirmed.title': 'Votre paiement n’est pas encore confirmé',
  'error.payment-unconfirmed.text':
    'Notre prestataire de paiement ne répond pas. Si vous avez payé, rien n’est perdu\u00a0: réessayez dans un instant pour poursuivre la lecture.',
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
  'subscribe.held': 'Vous avez déjà ce que cela ouvre.',
  'subscribe.held.account': 'Voir votre compte',
  'subscribe.atCheckout': 'Le prix s’affiche au moment de payer.',
  'subscribe.noPrices': 'Impossible d’afficher les prix pour le moment. Réessayez dans quelques minutes.',
  'subscribe.payment':
    'Vous payez sur une page de Stripe, notre prestataire de paiement. Nous ne voyons jamais votre carte.',
  'subscribe.notice.cookies':
    'Votre navigateur est prêt\u00a0: choisissez encore une fois. Si ce message revient, autorisez les cookies de ce site.',
  'subscribe.notice.gone': 'Cet abonnement n’est plus proposé. Choisissez-en un autre.',
  'subscribe.notice.unfinished': 'Le paiement n’a pas été terminé, et rien n’a été débité.',
  'subscribe.notice.failed': 'Le paiement a échoué. Réessayez, ou payez d’une autre manière.',
  'subscribe.notice.overtaken':
    'Vous venez de choisir un autre abonnement dans une autre fenêtre. Continuez là-bas, ou choisissez de nouveau ici.',

  'price.day': '{price} par jour',
  'price.week': '{price} par semaine',
  'price.month': '{price} par mois',
  'price.year': '{price} par an',
  'price.every.day': { one: '{price} chaque jour', other: '{price} tous les {count} jours' },
  'price.every.week': { one: '{price} chaque semaine', other: '{price} toutes les {count} semaines' },
  'price.every.month': { one: '{price} chaque mois', other: '{price} tous les {count} mois' },
  'price.every.year': { one: '{price} chaque année', other: '{price} tous les {count} ans' },
  'price.pass': { one: '{price} pour {days} jour', other: '{price} pour {days} jours' },
  'price.trial': { one: '{days} jour gratuit, puis {price}', other: '{days} jours gratuits, puis {price}' },
  'price.renews': 'Renouvelé le {date}\u00a0; résiliable à tout moment.',
  'price.firstPayment': 'Premier paiement le {date}\u00a0; résiliable à tout moment.',
  'price.ends': 'Payé une seule fois\u00a0; prend fin de lui-même le {date}.',

  'checkout.processing.title': 'Votre paiement est en route',
  'checkout.processing.text':
    'La banque ne l’a pas encore confirmé. Cette page regarde de nouveau d’elle-même, et vous pourrez lire la suite dès que l’argent sera là.',
  'checkout.processing.later':
    'Avec certaines banques, cela prend des jours. Vous pouvez fermer cette page\u00a0; quand l’argent sera là, connectez-vous avec l’adresse e-mail donnée lors du paiement.',
  'checkout.lookAgain': 'Regarder de nouveau',

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
  'signIn.link.paidHere':
    'Ce qui a été payé dans ce navigateur appartiendra ensuite à la personne à qui le message a été envoyé. Ne continuez que si c’est vous.',
  'signIn.link.ignore': 'Vous n’avez rien demandé\u202f? Fermez la page, il ne se passera rien.',
  'signIn.fault.email': 'Saisissez une adresse e-mail complète, par exemple nom@example.com.',
  'signIn.fault.code': 'Ce code n’est pas le bon. Comparez-le au message le plus récent et réessayez.',
  'signIn.fault.expired': 'Ce lien ou ce code a déjà servi ou est trop ancien. Demandez-en un nouveau.',
  'signIn.fault.tooMany': 'Trop d’essais. Attendez quelques minutes, puis demandez un nouveau code.',
  'signIn.fault.mail': 'Nous n’avons pas pu envoyer le message. Réessayez dans quelques minutes.',

  'signIn.wasSignedOut':
    'Ce navigateur a été déconnecté\u00a0: depuis un autre appareil, ou parce qu’il n’a pas servi depuis longtemps.',
  'signIn.wasSignedOut.allowed': {
    one: 'Ce navigateur a été déconnecté\u00a0: depuis un autre appareil, parce qu’il n’a pas servi depuis longtemps, ou pour faire de la place, car {allowed} appareil peut être connecté à la fois.',
    other:
      'Ce navigateur a été déconnecté\u00a0: depuis un autre appareil, parce qu’il n’a pas servi depuis longtemps, ou pour faire de la place, car {allowed} appareils peuvent être connectés à la fois.',
  },
  'signedIn.title': 'Vous êtes connecté',
  'signedIn.out': {
    one: 'Déconnecté pour faire de la place\u00a0: {devices}. {allowed} appareil peut être connecté à la fois.',
    other:
      'Déconnecté, car inutilisé depuis le plus longtemps\u00a0: {devices}. {allowed} appareils peuvent être connectés à la fois.',
  },
  'signedIn.continue': 'Continuer à lire',
  'signedIn.account': 'Voir où vous êtes connecté',

  'account.title': 'Votre compte',
  'account.email': 'Vous êtes connecté avec l’adresse {email}.',
  'account.subscribed': 'Vous avez déjà un abonnement\u00a0; le voici.',
  'account.unproved':
    'Vous êtes connecté sur ce navigateur seulement\u00a0: aucune adresse n’est encore confirmée.',
  'account.address': 'Confirmez votre adresse',
  'account.address.text':
    'Confirmez votre adresse pour lire sur d’autres appareils. Si elle comportait une faute lors du paiement, corrigez-la ici\u00a0: rien n’est perdu.',
  'account.subscriptions': 'Ce que vous payez',
  'account.subscription.unnamed': 'Abonnement',
  'account.subscription.trialing': 'Gratuit jusqu’au {date}, puis renouvelé',
  'account.subscription.trialEnds': 'Gratuit jusqu’au {date}, puis terminé sans aucun paiement',
  'account.subscription.renews': 'Renouvellement le {date}',
  'account.subscription.renewing': 'Le renouvellement est en cours',
  'account.subscription.paymentsPaused': 'Les paiements sont suspendus, et vous pouvez continuer à lire',
  'account.subscription.unpaid':
    'Il n’est pas payé et n’ouvre donc rien pour l’instant. Mettez votre carte à jour pour continuer à lire.',
  'account.subscription.paused':
    'Suspendu, il n’ouvre rien pour l’instant. Souvent, il ne manque qu’une carte.',
  'account.subscription.ends':
    'Se termine le {date}\u00a0; vous pouvez lire jusque-là et plus rien n’est prélevé',
  'account.subscription.ended': 'Terminé le {date}',
  'account.subscription.incomplete': 'Le premier paiement n’est pas achevé\u00a0: il n’ouvre encore rien',
  'account.subscription.refunded': 'Vous avez été remboursé\u00a0: il n’ouvre plus rien',
  'account.subscription.disputed': 'Le paiement est contesté\u00a0: il n’ouvre rien pour l’instant',
  'account.subscription.unknown': 'Il n’ouvre rien pour l’instant. «\u202fGérer\u202f» montre ce qui manque.',
  'account.subscription.elsewhere':
    'Payé sur ce navigateur, et géré par la personne qui a confirmé l’adresse donnée alors',
  'account.subscription.knownOn':
    'Stripe ne répond pas en ce moment\u00a0: voici ce que nous savions le {date}.',
  'account.subscription.unasked': 'Stripe ne répond pas en ce moment. Revenez dans quelques minutes.',
  'account.manage': 'Gérer',
  'account.card': 'Changer de carte',
  'account.invoices': 'Factures',
  'account.cancel': 'Résilier',
  'account.resume': 'Reprendre',
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
  'account.devices.allowed': {
    one: '{allowed} appareil peut être connecté à la fois. La prochaine connexion déconnecte celui-ci.',
    other:
      '{allowed} appareils peuvent être connectés à la fois. Un de plus déconnecte celui qui n’a pas servi depuis le plus longtemps.',
  },
  'account.data': 'Vos données',
  'account.export': 'Télécharger ce que nous savons de vous',
  'account.erase': 'Supprimer votre compte',
  'account.erase.lead': 'C’est irréversible.',
  'account.erase.what':
    'Sont supprimés\u00a0: votre compte et son adresse, vos connexions, ce qui vous a été offert et le compte de vos articles gratuits.',
  'account.erase.stays':
    'Stripe garde le nom que vous y avez donné, vos paiements et vos factures, car l’éditeur doit pouvoir en rendre compte. Adressez-vous à lui à ce sujet.',
  'account.erase.live': {
    one: 'Un abonnement est en cours\u00a0: {plans}. Il continuerait d’être prélevé\u00a0; il doit donc d’abord prendre fin, et la période déjà payée avec lui.',
    other:
      'Des abonnements sont en cours\u00a0: {plans}. Ils continueraient d’être prélevés\u00a0; ils doivent donc d’abord prendre fin, et les périodes déjà payées avec eux.',
  },
  'account.erase.cancel': 'Y mettre fin maintenant et supprimer mon compte',
  'account.erase.fault.live':
    'Cochez la case, ou résiliez dans votre compte et revenez une fois l’abonnement terminé.',
  'account.erase.fault.partly':
    'Tout n’a pas pu être supprimé. Réessayez dans quelques minutes\u00a0; si vous êtes alors déconnecté, connectez-vous de nouveau.',
  'account.erase.submit': 'Supprimer mon compte',
  'account.erase.keep': 'Garder mon compte',
  'erased.title': 'Votre compte est supprimé',
  'erased.text': 'Vous êtes déconnecté partout, et il ne reste rien ici de votre compte.',
  'erased.canceled': {
    one: '{count} abonnement a pris fin\u00a0; plus rien n’est prélevé.',
    other: '{count} abonnements ont pris fin\u00a0; plus rien n’est prélevé.',
  },
  'account.signOut': 'Se déconnecter',
  'account.subscribe': 'Voir les abonnements',

  'signedOut.title': 'Vous êtes déconnecté',
  'signedOut.text':
    'Sur ce navigateur seulement. Votre abonnement et vos articles gratuits restent tels quels.',

  'mail.subject': 'Se connecter à {site}',
  'mail.link': 'Ce lien vous connecte à {site}\u00a0:',
  'mail.button': 'Se connecter',
  'mail.confirm.subject': 'Confirmez votre adresse pour {site}',
  'mail.confirm.link': 'Ce lien confirme votre adresse et vous ouvre {site} sur cet appareil aussi\u00a0:',
  'mail.confirm.button': 'Confirmer',
  'mail.code': 'Ou saisissez ce code là où vous avez demandé à vous connecter\u00a0:',
  'mail.expires': {
    one: 'Les deux servent une seule fois, pendant {minutes} minute.',
    other: 'Les deux servent une seule fois, pendant {minutes} minutes.',
  },
  'mail.ignore':
    'Si vous n’avez rien demandé, ne faites rien\u00a0: sans ce message, personne ne peut se connecter.',
};
