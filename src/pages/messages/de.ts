/** The German messages. */
import type { Catalogue } from './en.ts';

export const de: Catalogue = {
  line: 'Sie lesen eine Vorschau. Mit einem Abo lesen Sie weiter.',
  'prompt.registration': 'Für diesen Artikel genügt ein kostenloses Konto.',
  'prompt.exhausted': {
    one: 'Sie haben Ihren Gratisartikel gelesen. Ab dem {date} lesen Sie wieder kostenlos.',
    other: 'Sie haben Ihre {of} Gratisartikel gelesen. Ab dem {date} lesen Sie wieder kostenlos.',
  },
  'prompt.network':
    'Die Gratisartikel für Ihr Netzwerk sind aufgebraucht. Ab dem {date} lesen Sie wieder kostenlos.',
  'prompt.network.undated': 'Die Gratisartikel für Ihr Netzwerk sind aufgebraucht.',
  'prompt.locked': 'Den ganzen Artikel lesen Sie mit einem Abo.',
  'prompt.prefetch': 'Diese Seite wurde im Voraus geladen. Laden Sie sie neu, um weiterzulesen.',
  'prompt.uncuttable': 'Von diesem Artikel können wir hier keinen Ausschnitt zeigen.',
  'prompt.degraded':
    'Wir können Ihren Zugang gerade nicht prüfen. Bitte versuchen Sie es in einigen Minuten noch einmal.',
  'prompt.subscribe': 'Abonnieren',
  'prompt.register': 'Kostenloses Konto anlegen',
  'prompt.plans': 'Abonnements',
  'prompt.subscriber': 'Sie haben schon ein Abo?',
  'prompt.account': 'Sie haben schon ein Konto?',
  'prompt.signIn': 'Anmelden',
  'prompt.signedIn': 'Sie sind angemeldet.',
  'prompt.yourAccount': 'Ihr Konto',

  notice: {
    one: 'Noch {left} von {of} Gratisartikeln bis zum {date}',
    other: 'Noch {left} von {of} Gratisartikeln bis zum {date}',
  },
  'notice.registered': {
    one: 'Mit Ihrem Konto noch {left} von {of} Gratisartikeln bis zum {date}',
    other: 'Mit Ihrem Konto noch {left} von {of} Gratisartikeln bis zum {date}',
  },
  'notice.last': 'Das ist Ihr letzter Gratisartikel bis zum {date}',
  'notice.reread': 'Keine weiteren Gratisartikel bis zum {date}, dieser bleibt für Sie offen',

  'cards.moreFrom': 'Mehr aus {publication}',
  'cards.related': 'Zum Thema',
  'cards.minutes': { one: '{minutes} Min. Lesezeit', other: '{minutes} Min. Lesezeit' },

  'page.skip': 'Zum Inhalt springen',
  'page.contact': 'Fragen?',
  'page.home': 'Zur Startseite',
  'page.back': 'Zurück zum Artikel',

  'error.bad-address.title': 'Diese Adresse kann nicht stimmen',
  'error.bad-address.text':
    'Sie enthält Zeichen, die hier in keiner Adresse vorkommen. Prüfen Sie sie auf Tippfehler oder beginnen Sie auf der Startseite.',
  'error.not-found.title': 'Hier ist keine Seite',
  'error.not-found.text':
    'Vielleicht ist sie umgezogen, oder der Link enthält einen Fehler. Beginnen Sie auf der Startseite.',
  'error.origin-unreachable.title': 'Die Website antwortet nicht',
  'error.origin-unreachable.text':
    'An Ihnen liegt es nicht: Wir haben die Seite angefragt und keine Antwort bekommen. Bitte versuchen Sie es gleich noch einmal.',
  'error.origin-timeout.title': 'Das dauert zu lange',
  'error.origin-timeout.text':
    'An Ihnen liegt es nicht: Die Website ist da, aber gerade zu langsam. Bitte versuchen Sie es gleich noch einmal.',
  'error.unavailable.title': 'Gleich wieder da',
  'error.unavailable.text':
    'Etwas, das wir brauchen, ist gerade gestört. Meist dauert das nur Minuten; bitte versuchen Sie es noch einmal.',
  'error.too-many-requests.title': 'Das war etwas schnell',
  'error.too-many-requests.text':
    'Aus Ihrem Netzwerk kamen zu viele Anfragen. Warten Sie eine Minute und versuchen Sie es dann noch einmal.',
  'error.retry': 'Noch einmal versuchen',
  'error.code': 'Fehlercode',

  'subscribe.title': 'Lesen Sie die ganze Geschichte',
  'subscribe.lead': 'Mit einem Abo von {site} lesen Sie die Artikel in voller Länge.',
  'subscribe.article': 'Sie lasen gerade „{title}“. Dorthin finden Sie danach zurück.',
  'subscribe.offer': 'Abonnements',
  'subscribe.includes': 'Enthält {products}',
  'subscribe.choose': '{plan} wählen',
  'subscribe.arranged.title': 'So abonnieren Sie',
  'subscribe.arranged': 'Abos dieser Website vereinbaren Sie mit dem Verlag; hier können Sie nicht bezahlen.',
  'subscribe.arranged.contact':
    'Schreiben Sie dem Verlag. Sobald Ihr Abo eingerichtet ist, melden Sie sich mit derselben E-Mail-Adresse an.',
  'subscribe.arranged.ask':
    'Fragen Sie den Verlag nach einem Abo. Sobald es eingerichtet ist, melden Sie sich mit derselben E-Mail-Adresse an.',
  'subscribe.have': 'Sie haben schon Zugang?',

  'signIn.title': 'Anmelden',
  'signIn.lead': 'Ganz ohne Passwort: Wir schicken Ihnen einen Link und einen Code per E-Mail.',
  'signIn.email': 'E-Mail-Adresse',
  'signIn.send': 'Link anfordern',
  'signIn.submit': 'Anmelden',
  'signIn.code.title': 'Sehen Sie in Ihr Postfach',
  'signIn.code.lead': {
    one: 'Wir haben an {email} geschrieben. Öffnen Sie den Link in der Nachricht oder geben Sie hier den Code ein. Beides gilt einmal und {minutes} Minute lang.',
    other:
      'Wir haben an {email} geschrieben. Öffnen Sie den Link in der Nachricht oder geben Sie hier den Code ein. Beides gilt einmal und {minutes} Minuten lang.',
  },
  'signIn.code.label': 'Code aus der Nachricht',
  'signIn.code.nothing': 'Nichts angekommen? Sehen Sie im Spam-Ordner nach oder prüfen Sie die Adresse.',
  'signIn.code.again': 'Erneut senden oder andere Adresse verwenden',
  'signIn.link.title': 'Nur noch ein Klick',
  'signIn.link.lead': 'Mit dem Knopf melden Sie diesen Browser bei {site} an.',
  'signIn.link.ignore': 'Sie wollten das nicht? Schließen Sie die Seite, dann geschieht nichts.',
  'signIn.fault.email': 'Geben Sie eine vollständige E-Mail-Adresse ein, etwa name@example.com.',
  'signIn.fault.code':
    'Dieser Code stimmt nicht. Vergleichen Sie ihn mit der neuesten Nachricht und versuchen Sie es noch einmal.',
  'signIn.fault.expired':
    'Dieser Link oder Code wurde schon benutzt oder ist zu alt. Fordern Sie einen neuen an.',
  'signIn.fault.tooMany':
    'Zu viele Versuche. Warten Sie einige Minuten und fordern Sie dann einen neuen Code an.',
  'signIn.fault.mail':
    'Wir konnten die Nachricht nicht senden. Bitte versuchen Sie es in einigen Minuten noch einmal.',

  'account.title': 'Ihr Konto',
  'account.email': 'Sie sind als {email} angemeldet.',
  'account.access': 'Was Sie lesen können',
  'account.access.none':
    'Zurzeit kein Abo. Offene Artikel und Gratisartikel lesen Sie trotzdem in voller Länge.',
  'account.until': 'Bis zum {date}',
  'account.fromUntil': 'Vom {from} bis zum {date}',
  'account.source.subscription': 'durch Ihr Abo',
  'account.source.pass': 'durch einen gekauften Pass',
  'account.source.comp': 'vom Verlag geschenkt',
  'account.source.group': 'über Ihre Gruppe',
  'account.source.institution': 'über Ihre Einrichtung',
  'account.source.gift': 'Geschenk einer Abonnentin oder eines Abonnenten',
  'account.devices': 'Wo Sie angemeldet sind',
  'account.device.this': 'Dieser Browser',
  'account.device.unnamed': 'Ein Browser',
  'account.device.seen': 'Zuletzt benutzt am {date}',
  'account.device.signOut': 'Abmelden',
  'account.device.signOutNamed': 'Abmelden: {device}',
  'account.devices.signOutAll': 'Überall abmelden',
  'account.signOut': 'Abmelden',
  'account.subscribe': 'Abonnements ansehen',

  'signedOut.title': 'Sie sind abgemeldet',
  'signedOut.text': 'Und zwar in diesem Browser. Ihr Abo und Ihre Gratisartikel bleiben, wie sie sind.',

  'mail.subject': 'Anmelden bei {site}',
  'mail.link': 'Mit diesem Link melden Sie sich bei {site} an:',
  'mail.button': 'Anmelden',
  'mail.code': 'Oder geben Sie dort, wo Sie die Anmeldung begonnen haben, diesen Code ein:',
  'mail.expires': {
    one: 'Beides gilt einmal und {minutes} Minute lang.',
    other: 'Beides gilt einmal und {minutes} Minuten lang.',
  },
  'mail.ignore':
    'Falls Sie das nicht angefordert haben, brauchen Sie nichts zu tun: Ohne diese Nachricht kann sich niemand anmelden.',
};
