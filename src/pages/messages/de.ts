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
  'prompt.reference': 'Referenz {code}',

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
  'notice.paymentDue':
    'Ihre letzte Zahlung ist fehlgeschlagen. Aktualisieren Sie Ihre Karte bis zum {date}, um weiterzulesen.',
  'notice.paymentDue.mend': 'Karte aktualisieren',

  'cards.moreFrom': 'Mehr aus {publication}',
  'cards.related': 'Zum Thema',
  'cards.minutes': { one: '{minutes} Min. Lesezeit', other: '{minutes} Min. Lesezeit' },

  'page.skip': 'Zum Inhalt springen',
  'page.contact': 'Fragen?',
  'page.home': 'Zur Startseite',
  'page.back': 'Zurück zum Artikel',
  'page.sandbox': 'Sandbox: Nichts hier ist echt, und es fließt kein Geld.',
  'page.sandboxControls': 'Steuerung',
  'page.visitorNumber': 'Ihre Besuchernummer',

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
  'error.checkout-unknown.title': 'Diesen Bezahlvorgang kennen wir nicht',
  'error.checkout-unknown.text':
    'Der Link ist unvollständig oder zu alt. Falls Sie bezahlt haben, melden Sie sich mit der E-Mail-Adresse an, die Sie dabei angegeben haben.',
  'error.checkout-elsewhere.title': 'Dieser Bezahlvorgang gehört zu einem anderen Browser',
  'error.checkout-elsewhere.text':
    'Nur der Browser, in dem er begonnen wurde, kann ihn abschließen. Falls Sie bezahlt haben, gehen Sie dorthin zurück oder melden Sie sich hier mit der E-Mail-Adresse an, die Sie dabei angegeben haben.',
  'error.payments-unavailable.title': 'Bezahlen geht gerade nicht',
  'error.payments-unavailable.text':
    'Unser Zahlungsdienst antwortet nicht. Es wurde nichts abgebucht. Bitte versuchen Sie es in einigen Minuten noch einmal.',
  'error.payment-unconfirmed.title': 'Ihre Zahlung ist noch nicht bestätigt',
  'error.payment-unconfirmed.text':
    'Unser Zahlungsdienst antwortet nicht. Falls Sie bezahlt haben, geht nichts verloren: Versuchen Sie es gleich noch einmal, dann lesen Sie weiter.',
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
  'subscribe.held': 'Was das öffnet, haben Sie schon.',
  'subscribe.held.account': 'Zu Ihrem Konto',
  'subscribe.atCheckout': 'Den Preis sehen Sie beim Bezahlen.',
  'subscribe.noPrices':
    'Die Preise können wir gerade nicht zeigen. Bitte versuchen Sie es in einigen Minuten noch einmal.',
  'subscribe.payment':
    'Sie bezahlen auf einer Seite von Stripe, unserem Zahlungsdienst. Ihre Karte sehen wir nie.',
  'subscribe.notice.cookies':
    'Ihr Browser ist jetzt so weit; bitte wählen Sie noch einmal. Falls das wieder erscheint, erlauben Sie Cookies für diese Website.',
  'subscribe.notice.gone': 'Dieses Abo gibt es nicht mehr. Bitte wählen Sie ein anderes.',
  'subscribe.notice.unfinished': 'Die Zahlung wurde nicht abgeschlossen, und es wurde nichts abgebucht.',
  'subscribe.notice.failed':
    'Die Zahlung ist gescheitert. Versuchen Sie es noch einmal oder bezahlen Sie auf andere Weise.',
  'subscribe.notice.overtaken':
    'In einem anderen Fenster haben Sie eben ein anderes Abo gewählt. Machen Sie dort weiter oder wählen Sie hier noch einmal.',

  'price.day': '{price} am Tag',
  'price.week': '{price} in der Woche',
  'price.month': '{price} im Monat',
  'price.year': '{price} im Jahr',
  'price.every.day': { one: '{price} jeden Tag', other: '{price} alle {count} Tage' },
  'price.every.week': { one: '{price} jede Woche', other: '{price} alle {count} Wochen' },
  'price.every.month': { one: '{price} jeden Monat', other: '{price} alle {count} Monate' },
  'price.every.year': { one: '{price} jedes Jahr', other: '{price} alle {count} Jahre' },
  'price.pass': { one: '{price} für {days} Tag', other: '{price} für {days} Tage' },
  'price.trial': {
    one: '{days} Tag kostenlos, danach {price}',
    other: '{days} Tage kostenlos, danach {price}',
  },
  'price.renews': 'Verlängert sich am {date}; jederzeit kündbar.',
  'price.firstPayment': 'Erste Zahlung am {date}; jederzeit kündbar.',
  'price.ends': 'Einmal bezahlt; endet am {date} von selbst.',

  'checkout.processing.title': 'Ihre Zahlung ist unterwegs',
  'checkout.processing.text':
    'Die Bank hat sie noch nicht bestätigt. Diese Seite sieht von selbst wieder nach, und sobald das Geld da ist, lesen Sie weiter.',
  'checkout.processing.later':
    'Bei manchen Banken dauert das Tage. Sie können diese Seite schließen; wenn das Geld da ist, melden Sie sich mit der E-Mail-Adresse an, die Sie beim Bezahlen angegeben haben.',
  'checkout.lookAgain': 'Noch einmal nachsehen',

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
  'signIn.link.paidHere':
    'Was in diesem Browser bezahlt wurde, gehört danach der Person, an die die Nachricht ging. Machen Sie nur weiter, wenn Sie das sind.',
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

  'signIn.wasSignedOut':
    'Dieser Browser wurde abgemeldet: von einem anderen Gerät aus oder weil er lange nicht benutzt wurde.',
  'signIn.wasSignedOut.allowed': {
    one: 'Dieser Browser wurde abgemeldet: von einem anderen Gerät aus, weil er lange nicht benutzt wurde oder um Platz zu machen, denn es kann immer nur {allowed} Gerät angemeldet sein.',
    other:
      'Dieser Browser wurde abgemeldet: von einem anderen Gerät aus, weil er lange nicht benutzt wurde oder um Platz zu machen, denn es können {allowed} Geräte gleichzeitig angemeldet sein.',
  },
  'signedIn.title': 'Sie sind angemeldet',
  'signedIn.out': {
    one: 'Abgemeldet, um Platz zu machen: {devices}. Es kann immer nur {allowed} Gerät angemeldet sein.',
    other:
      'Abgemeldet, weil am längsten nicht benutzt: {devices}. Es können {allowed} Geräte gleichzeitig angemeldet sein.',
  },
  'signedIn.continue': 'Weiterlesen',
  'signedIn.account': 'Nachsehen, wo Sie angemeldet sind',

  'account.title': 'Ihr Konto',
  'account.email': 'Sie sind als {email} angemeldet.',
  'account.subscribed': 'Sie haben schon ein Abo; hier ist es.',
  'account.unproved': 'Sie sind nur in diesem Browser angemeldet: Noch ist keine Adresse bestätigt.',
  'account.address': 'Bestätigen Sie Ihre Adresse',
  'account.address.text':
    'Bestätigen Sie Ihre Adresse, um auch auf anderen Geräten zu lesen. Falls sie beim Bezahlen falsch geschrieben war, berichtigen Sie sie hier: Nichts geht verloren.',
  'account.subscriptions': 'Was Sie bezahlen',
  'account.subscription.unnamed': 'Abo',
  'account.subscription.trialing': 'Kostenlos bis zum {date}, danach verlängert es sich',
  'account.subscription.trialEnds': 'Kostenlos bis zum {date}, danach endet es ohne Kosten',
  'account.subscription.renews': 'Verlängert sich am {date}',
  'account.subscription.renewing': 'Wird gerade verlängert',
  'account.subscription.paymentsPaused': 'Die Zahlungen ruhen, Sie können weiterlesen',
  'account.subscription.unpaid':
    'Nicht bezahlt, deshalb öffnet es zurzeit nichts. Aktualisieren Sie Ihre Karte, um weiterzulesen.',
  'account.subscription.paused': 'Pausiert, deshalb öffnet es zurzeit nichts. Oft fehlt nur eine Karte.',
  'account.subscription.ends':
    'Endet am {date}; bis dahin können Sie lesen, und es wird nichts mehr abgebucht',
  'account.subscription.ended': 'Beendet am {date}',
  'account.subscription.incomplete':
    'Die erste Zahlung ist nicht abgeschlossen, deshalb öffnet es noch nichts',
  'account.subscription.refunded': 'Ihr Geld wurde erstattet, deshalb öffnet es nichts mehr',
  'account.subscription.disputed': 'Die Zahlung wird bestritten, deshalb öffnet es vorerst nichts',
  'account.subscription.unknown': 'Zurzeit öffnet es nichts. Unter „Verwalten“ steht, was fehlt.',
  'account.subscription.elsewhere':
    'In diesem Browser bezahlt; verwaltet wird es von der Person, die die damals angegebene Adresse bestätigt hat',
  'account.subscription.knownOn': 'Stripe antwortet gerade nicht: Das ist der Stand vom {date}.',
  'account.subscription.unasked': 'Stripe antwortet gerade nicht. Sehen Sie in einigen Minuten wieder nach.',
  'account.manage': 'Verwalten',
  'account.card': 'Karte ändern',
  'account.invoices': 'Rechnungen',
  'account.cancel': 'Kündigen',
  'account.resume': 'Fortsetzen',
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
  'account.devices.allowed': {
    one: 'Es kann immer nur {allowed} Gerät angemeldet sein. Die nächste Anmeldung meldet dieses ab.',
    other:
      'Es können {allowed} Geräte gleichzeitig angemeldet sein. Jedes weitere meldet das am längsten nicht benutzte ab.',
  },
  'account.data': 'Ihre Daten',
  'account.export': 'Herunterladen, was wir über Sie wissen',
  'account.erase': 'Konto löschen',
  'account.erase.lead': 'Das lässt sich nicht rückgängig machen.',
  'account.erase.what':
    'Gelöscht werden Ihr Konto mit seiner Adresse, alle Anmeldungen, was Ihnen geschenkt wurde und die Zählung Ihrer Gratisartikel.',
  'account.erase.stays':
    'Bei Stripe bleiben Ihr dort angegebener Name, Ihre Zahlungen und Rechnungen, denn der Verlag muss darüber Buch führen. Fragen Sie dazu den Verlag.',
  'account.erase.live': {
    one: 'Ein Abo läuft noch: {plans}. Es würde weiter abgebucht, deshalb muss es zuerst enden, und die schon bezahlte Zeit endet mit ihm.',
    other:
      'Abos laufen noch: {plans}. Sie würden weiter abgebucht, deshalb müssen sie zuerst enden, und die schon bezahlte Zeit endet mit ihnen.',
  },
  'account.erase.cancel': 'Jetzt beenden und mein Konto löschen',
  'account.erase.fault.live':
    'Setzen Sie das Häkchen, oder kündigen Sie in Ihrem Konto und kommen Sie wieder, sobald das Abo beendet ist.',
  'account.erase.fault.partly':
    'Gerade konnte nicht alles gelöscht werden. Drücken Sie in einigen Minuten noch einmal; falls Sie dann abgemeldet sind, melden Sie sich erneut an.',
  'account.erase.submit': 'Mein Konto löschen',
  'account.erase.keep': 'Mein Konto behalten',
  'erased.title': 'Ihr Konto ist gelöscht',
  'erased.text': 'Sie sind überall abgemeldet, und von Ihrem Konto ist hier nichts mehr vorhanden.',
  'erased.canceled': {
    one: '{count} Abo wurde beendet; es wird nichts mehr abgebucht.',
    other: '{count} Abos wurden beendet; es wird nichts mehr abgebucht.',
  },
  'account.signOut': 'Abmelden',
  'account.subscribe': 'Abonnements ansehen',

  'signedOut.title': 'Sie sind abgemeldet',
  'signedOut.text': 'Und zwar in diesem Browser. Ihr Abo und Ihre Gratisartikel bleiben, wie sie sind.',

  'mail.subject': 'Anmelden bei {site}',
  'mail.link': 'Mit diesem Link melden Sie sich bei {site} an:',
  'mail.button': 'Anmelden',
  'mail.confirm.subject': 'Ihre Adresse für {site} bestätigen',
  'mail.confirm.link': 'Mit diesem Link bestätigen Sie Ihre Adresse und lesen {site} auch auf diesem Gerät:',
  'mail.confirm.button': 'Bestätigen',
  'mail.code': 'Oder geben Sie dort, wo Sie die Anmeldung begonnen haben, diesen Code ein:',
  'mail.expires': {
    one: 'Beides gilt einmal und {minutes} Minute lang.',
    other: 'Beides gilt einmal und {minutes} Minuten lang.',
  },
  'mail.ignore':
    'Falls Sie das nicht angefordert haben, brauchen Sie nichts zu tun: Ohne diese Nachricht kann sich niemand anmelden.',
};
