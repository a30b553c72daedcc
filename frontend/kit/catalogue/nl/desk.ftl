### Het bureau: waar casemanagers werken.

page-title = Sluis

## Bovenaan
nav-work = Werk
nav-dossiers = Dossiers
nav-new = Nieuw dossier
nav-settings = Instellingen
lock-now = Vergrendelen
lock-keys = Ctrl+Shift+L
newer-version = Er is een nieuwe versie van Sluis. Die komt bij het volgende openen.
newer-take = Vergrendel en herlaad
locks-soon = Je bureau gaat binnen een minuut op slot. Wat je typt, is dan bewaard.
switch-person = Verder als
link-unknown = Verbinding zoeken
link-synced = Alles bijgewerkt
link-syncing = { $count ->
    [0] Bijwerken
    [one] 1 wijziging versturen
   *[other] { $count } wijzigingen versturen
}
link-offline = { $count ->
    [0] Geen verbinding
    [one] Geen verbinding, 1 wijziging wacht
   *[other] Geen verbinding, { $count } wijzigingen wachten
}
link-retry = Nu proberen
reading-vault = Je dossiers worden geopend

## Voor de deur
starting = Het bureau start
locking = Het bureau gaat op slot. Wat je typte, wordt bewaard.
broken-title = Het bureau reageert niet
broken-what = Een deel van de pagina is gestopt. Wat bewaard was, is er nog.
broken-do = Start opnieuw. Lukt dat niet, sluit dan deze tab en open het bureau opnieuw.
start-again = Opnieuw starten
no-vault-title = Deze browser heeft nog geen toegang
no-vault-what = Sluis is hier al ingericht, maar deze browser heeft geen kluis. Zonder kluis kan niemand dossiers lezen, ook de beheerder van de server niet.
other-tab-title = Je bureau is al open
other-tab-what = Een andere tab van deze browser gebruikt je kluis. Twee tegelijk kan niet: dan zouden wijzigingen elkaar in de weg zitten.
other-tab-do = Werk verder in die tab, of sluit die en probeer het hier opnieuw.
unreachable-title = De server is niet bereikbaar
unreachable-what = Deze browser heeft nog geen kluis, en zonder verbinding kunnen we er geen maken.
unreachable-do = Kijk of je internet werkt en probeer het opnieuw.
failed-title = Het bureau kon niet starten

## Ontgrendelen
unlock-title = Open je kluis
unlock-intro = Je dossiers liggen versleuteld op dit apparaat. Alleen je wachtzin opent ze.
passphrase = Wachtzin
passphrase-show = Toon wachtzin
passphrase-hide = Verberg wachtzin
unlock = Openen
unlocking = Je kluis gaat open
forgot-title = Wachtzin vergeten?
forgot-what = Niemand kan je wachtzin opzoeken. Een collega kan je opnieuw toelaten, of jullie gebruiken het herstelblad.
stage-stretching = Wachtzin controleren
stage-making-keys = Sleutels maken
stage-reading = Gegevens lezen
stage-syncing = Contact met de server

## Oefenomgeving
demo-title = Kies wie je bent
demo-intro = Dit is een oefenomgeving met verzonnen mensen en dossiers. Probeer gerust alles. Je kunt altijd wisselen, rechts bovenaan.
demo-entering = Je komt binnen
role-coordinator = Coördinator

## Inrichten
setup-step = Stap { $step } van { $count }
setup-steps = Stappen
setup-server-title = Richt Sluis in
setup-server-intro = Je begint een nieuw meldpunt. Dat duurt ongeveer vijf minuten. Houd een printer of pen en papier bij de hand.
setup-code = Code van de server
setup-code-hint = Deze code staat in het scherm waarin de server is gestart. Je kunt hem één keer gebruiken.
setup-organisation = Naam van de organisatie
setup-organisation-hint = Bijvoorbeeld: Centrum Veilige Sport
setup-line = Naam van de lijn
setup-line-hint = Zo zien melders waar hun bericht naartoe gaat. Bijvoorbeeld: Meldlijn van het centrum
setup-you-title = Wie ben jij?
setup-you-intro = Je wordt bestuurder en casemanager. Later laat je collega's toe en verdeel je het werk.
setup-person = Je naam
setup-person-hint = Je collega's zien deze naam bij wat je doet. Melders zien alleen je rol.
setup-passphrase-title = Je wachtzin
setup-passphrase-intro = Met je wachtzin open je elke dag je kluis op dit apparaat. Niemand anders kent hem, ook de server niet.
setup-passphrase-way = Welke wachtzin neem je?
setup-generated = Zes woorden van Sluis
setup-generated-hint = Veilig en goed te onthouden.
setup-own = Een eigen wachtzin
setup-own-hint = Een lange zin die niemand kan raden.
setup-words-title = Jouw zes woorden
setup-words-hint = Maak er een verhaaltje van, of schrijf ze op en bewaar het papier veilig.
setup-other-words = Andere woorden
setup-own-passphrase = Je eigen wachtzin
setup-strong = Sterk genoeg
setup-weak = Nog te makkelijk te raden
setup-again = Typ je wachtzin nog een keer
setup-make = Maak mijn sleutels
setup-working-title = Je sleutels worden gemaakt
setup-working-intro = Dit gebeurt op dit apparaat. De server krijgt je sleutels niet. Laat deze pagina open.
setup-no-return = Stoppen kan nu niet meer. Nog heel even.
setup-failed-title = Inrichten is nog niet gelukt
setup-failed-kept = Alles wat je invulde, staat er nog.
setup-sheet-title = Druk je herstelblad af
setup-sheet-intro = Dit blad is de enige weg terug als alle apparaten kwijt zijn. Druk het af of schrijf het over. Sluis toont het maar één keer.
setup-sheet-print = Herstelblad afdrukken
setup-sheet-next = Ik heb het blad
sheet-title = Herstelblad van Sluis
sheet-organisation = Organisatie
sheet-date = Gemaakt op
sheet-control-code = Controlecode
sheet-what = Met deze 24 woorden kan de organisatie weer bij haar dossiers als alle apparaten kwijt zijn. Wie deze woorden heeft, kan dat ook.
sheet-keep = Bewaar dit blad in een kluis of een verzegelde envelop. Maak geen foto en typ de woorden nergens over, behalve in Sluis.
sheet-check = Vergelijk de controlecode met die op je scherm, onder Instellingen.
sheet-words = De woorden, in deze volgorde
rehearsal-title = Controleer je herstelblad
rehearsal-intro = Pak je blad erbij en typ de gevraagde woorden over. Dan weten we zeker dat het klopt.
rehearsal-word = Woord { NUMBER($number) }
rehearsal-check = Controleren
rehearsal-back = Toon het blad nog eens
rehearsal-mistaken = Dat klopt nog niet.
rehearsal-mistaken-do = Kijk of je de goede nummers hebt en of er geen letter mist.
setup-done-title = Je meldpunt staat klaar
setup-done-intro = Melders kunnen je nu schrijven. Zo gaat het verder:
setup-done-sheet = Leg het herstelblad op een veilige plek.
setup-done-try = Schrijf zelf een proefmelding op de pagina voor melders. Je ziet hem daarna in je werklijst.
setup-done-reporter = Open de pagina voor melders
setup-done-new-window = opent in een nieuw venster
problem-empty = Vul dit in om verder te gaan.
problem-too-long = Dit is te lang. Maak het korter.
problem-weak = Deze wachtzin is te makkelijk te raden. Neem een langere zin, of de zes woorden.
problem-differs = Dit is niet dezelfde wachtzin. Kijk goed en typ hem nog eens.
problem-wrong-code = De server kent deze code niet, of hij is al gebruikt. Kijk in het scherm van de server.

## Werklijst
work-title = Werk
work-hello = Dag { $name }
work-alarmed = Iets klopt niet
work-new = Nieuwe meldingen
work-unread = Nieuwe berichten
work-due = Wacht op je antwoord
work-mine = Bij jou in behandeling
row-alarmed = Er klopt iets niet
row-new = Nieuwe melding
row-new-advice = Nieuwe adviesvraag
row-unread = { $count ->
    [one] 1 nieuw bericht
   *[other] { $count } nieuwe berichten
}
row-due = De melder wacht op antwoord
row-mine = In behandeling
since = sinds { $when }
last-activity-on = laatst actief { $when }
act-look = Bekijken
act-read = Lezen
act-answer = Antwoorden
act-go-on = Verder
work-empty-title = Je bent bij
work-empty = Hier komt wat op je wacht: nieuwe meldingen, nieuwe berichten en antwoorden die je nog moet geven.
work-first-title = Er zijn nog geen dossiers
work-first = Schrijft een melder een bericht, dan staat hier vanzelf een dossier. Kreeg je een telefoontje of een mail? Maak dan zelf een dossier.
work-more = { $count ->
    [one] Nog 1 ander. Bekijk alles bij Dossiers
   *[other] Nog { $count } andere. Bekijk alles bij Dossiers
}
work-warnings = Aandachtspunten

## Dossiers
dossiers-title = Dossiers
number = Nummer
handler = Behandelaar
handler-you = { $name } (jij)
handler-nobody = Nog niemand
last-activity = Laatst actief
search-dossiers = Zoeken in dossiers
search-hint = Nummer, sportbond, behandelaar of een woord uit verhaal, gesprek of notities
group = Toon
group-open = Lopend
group-mine = Van mij
group-unassigned = Zonder behandelaar
group-over = Afgesloten
group-all = Alles
filter-any = Alle
more-filters = Meer filters
sort-on = Sorteren op
clear-filters = Filters wissen
search-guessed = { $words } staat nergens. Je ziet dossiers met een woord dat erop lijkt.
saved-filters = Bewaarde filters
filter-name = Naam om deze filters te bewaren
filter-save = Bewaar filters
filter-forget = Verwijder { $name }
dossiers-found = { $count ->
    [0] Geen dossiers gevonden
    [one] 1 dossier
   *[other] { $count } dossiers
}
dossiers-none-title = Niets gevonden
dossiers-none = Geen dossier past bij wat je zoekt. Maak je zoekwoord korter of wis de filters.
open-dossier = Dossier { $number } openen
unread-mark = { $count ->
    [one] 1 ongelezen
   *[other] { $count } ongelezen
}
pending-mark = wordt nog verstuurd
keys-hint = Met pijl omhoog en omlaag kies je een regel, met Enter open je het dossier.

## Nieuw dossier
new-title = Nieuw dossier
new-intro = Na een telefoontje, mail of gesprek. Eén tekst is genoeg; de rest kan later.
new-origin = Hoe kwam het binnen?
new-kind = Wat is het?
origin = Binnengekomen
origin-chat = Chat
origin-phone = Telefoon
origin-email = E-mail
origin-in-person = Gesprek
first-story = Eerste verhaal
first-story-hint = In de woorden van de melder.
happened = Wat is er gebeurd?
happened-hint = Feiten: wie, wat, waar en wanneer. Noem alleen namen als het moet.
asked = Wat is de vraag?
asked-hint = Wat wil de melder dat er gebeurt?
new-more = Indeling
new-save = Dossier maken
new-save-keys = Ctrl+Enter
new-lock-note = Gaat je bureau op slot voordat je klaar bent, dan bewaren we wat je typte als dossier.
subcategory-none = Nog niet gekozen
level-none = Nog niet bekend

## Dossier
dossier-title = Dossier { $number }
dossier-loading = Het dossier wordt geopend
dossier-failed-title = Dit dossier kan niet worden geopend
back-to-dossiers = Alle dossiers
parts = Onderdelen van het dossier
part-conversation = Gesprek
part-story = Verhaal
part-notes = Notities
part-log = Logboek
save-saved = Bewaard en verstuurd
save-saving = Wordt bewaard
save-sending = Bewaard, wordt verstuurd
save-waiting = Bewaard, wacht op verbinding
save-failed = Niet alles is bewaard
undo-field = Ongedaan maken: { $field }
conflict-title = Tegelijk veranderd: { $field }. Kies welke blijft.
conflict-hint = Zolang niemand kiest, staan beide hier. De laatste telt.
conflict-choose = Kies deze
conflict-empty = Leeg
access-title = Wie kan dit lezen
access-count = { $count ->
    [one] 1 persoon of team kan dit lezen
   *[other] { $count } personen of teams kunnen dit lezen
}
access-only = Alleen wie hier staat, kan dit dossier openen. De server kan niets lezen.
access-team = team
right-reader = mag lezen
right-writer = mag lezen en schrijven
right-steward = mag lezen en schrijven, en bepaalt wie toegang heeft
not-handled = Nog geen behandelaar
take-it = Ik neem deze
conversation-title = Gesprek met de melder
conversation-empty = Er zijn nog geen berichten.
conversation-none = Dit dossier is met de hand gemaakt. De melder heeft geen chat, dus antwoorden kan hier niet.
conversation-closed = Antwoorden kan niet meer in dit dossier.
reporter-stopped = De melder wil stoppen. Stuur alleen nog een bericht als het echt nodig is.
consent-yes = De melder vindt het goed dat de sportbond dit leest.
consent-no = De melder wil niet dat de sportbond dit leest.
consent-unknown = De melder heeft nog niet gezegd of de sportbond dit mag lezen.
reply = Je antwoord
reply-hint = De melder leest dit zonder je naam. Je tekst wordt bewaard terwijl je typt.
send-reply = Antwoord versturen
note = Notitie
note-hint = Alleen voor wie dit dossier mag lezen. De melder ziet dit niet.
add-note = Notitie toevoegen
notes-empty-title = Nog geen notities
notes-empty = Schrijf hier op wat je collega's moeten weten: telefoontjes, afspraken, gedachten.
draft-kept = Concept bewaard
draft-saving = Concept wordt bewaard
story-title = Verhaal
classification-title = Indeling
story-hint = Wat je typt, wordt vanzelf bewaard.
save-log = Logboek opslaan
save-log-hint = Wie het bestand heeft, kan dit dossier lezen. Met sluis-verify is na te gaan dat er niets aan veranderd is.
log-title = Wie deed wat
log-intro = Van nieuw naar oud. Bij elke regel is op dit apparaat gecontroleerd wie hem schreef.
log-verified = Gecontroleerd
log-unverified = Niet te controleren
log-unknown-author = Onbekend apparaat
log-opened = Dossier geopend
log-imported = Bericht van de melder binnengehaald
log-reply = Antwoord verstuurd
log-field = { $field } aangepast
log-note = Notitie toegevoegd
log-looked = Dossier gelezen
log-keys = Sleutels vernieuwd
log-access = Toegang aangepast
log-unknown = Iets wat deze versie niet kent (soort { $number })
log-empty = Er is nog niets gebeurd.

## Instellingen
settings-title = Instellingen
settings-you = Jij
settings-name = Naam
settings-roles = Rollen
settings-organisation = Organisatie
settings-lines = Lijnen
settings-lines-none = Nog geen lijnen
settings-colleagues = Collega's
settings-colleagues-none = Nog geen collega's
settings-security = Veiligheid
settings-control-code = Controlecode
settings-control-code-hint = Lees deze code aan een collega voor. Ziet die dezelfde, dan werken jullie in dezelfde organisatie.
settings-lock = Automatisch op slot
settings-lock-minutes = { $count ->
    [one] Na 1 minuut zonder toets of muis
   *[other] Na { $count } minuten zonder toets of muis
}
settings-warnings = Aandachtspunten
settings-warnings-none = Er zijn geen aandachtspunten.
settings-display = Weergave

## Aandachtspunten
warn-one-root-key = De hoofdsleutel staat op één heel blad papier.
warn-do-one-root-key = Deel het blad in drieën, bij Mensen onder Herstelbladen. Dan kan niemand er alleen iets mee.
warn-sheet-used = Je herstelblad is gebruikt: de woorden zijn overgetypt.
warn-do-sheet-used = Vervang het blad, bij Mensen onder Herstelbladen.
warn-one-witness = Er is één getuige die op de ledenlijst let.
warn-do-one-witness = Laat meer collega's toe; hun apparaten letten dan mee op.
warn-genesis = Het adres van je meldpunt ligt nog niet vast op de website.
warn-do-genesis = Vraag de beheerder van de server om het bestand site.json naast de website te zetten.
warn-snapshot-old = { $days ->
    [one] De ledenlijst is 1 dag niet bevestigd.
   *[other] De ledenlijst is { $days } dagen niet bevestigd.
}
warn-do-snapshot-old = Open het bureau met verbinding. Dan gebeurt het vanzelf.
warn-clock = De klok van dit apparaat wijkt meer dan een dag af van de server.
warn-do-clock = Kijk of datum en tijd van dit apparaat goed staan.
warn-works-genesis = Je bureau werkt gewoon. Melders kunnen op een andere computer nog niets sturen.
warn-works-snapshot-old = Lezen, schrijven en melden werken gewoon. Na 7 dagen kun je niet meer delen buiten je organisatie.
warn-works-clock = Lezen en schrijven werken. Datums kunnen verkeerd staan en wat afloopt, loopt misschien te vroeg of te laat af.

## Alarmen: wat er is, wat nog werkt, wat je nu doet
alarm-directory-fork = De server toont twee verschillende ledenlijsten. Iemand probeert ons misschien te misleiden.
alarm-directory-rolled-back = De server toont een oudere ledenlijst dan we al kenden.
alarm-directory-refused = In de ledenlijst staat iets wat volgens de regels niet mag. We gebruiken het niet.
alarm-statement-refused = De server gaf een sleutel van een team die niet klopt. We gebruiken hem niet.
alarm-keys-withheld = De server houdt een sleutel van een team voor ons achter.
alarm-server-rolled-back = De server toont een oudere stand dan we al kenden.
alarm-answer-damaged = De server gaf een antwoord dat niet te lezen is. We gebruiken het niet.
alarm-team-key-wrong = Jouw deel van een teamsleutel ontbreekt of klopt niet.
alarm-control-fork = Van dit dossier bestaan twee verschillende lijsten van wie toegang heeft.
alarm-control-rolled-back = De server toont van dit dossier een oudere lijst van wie toegang heeft dan we al kenden.
alarm-control-refused = Iemand wilde de toegang tot dit dossier veranderen zonder dat te mogen. We doen er niet aan mee.
alarm-wrong-wrap = De sleutel die je voor dit dossier kreeg, past niet.
alarm-event-missing = In dit dossier ontbreekt iets waar andere regels op voortbouwen.
alarm-own-event-gone = Iets wat jij verstuurde, staat niet meer op de server.
alarm-event-refused = Een regel van dit dossier is beschadigd of nagemaakt. We tonen hem niet.
alarm-equivocation = Eén apparaat heeft twee verschillende dingen onder hetzelfde nummer geschreven. Misschien is het gekopieerd.
alarm-events-rolled-back = De server toont minder van dit dossier dan eerst.
alarm-intake-damaged = Een bericht van een melder is onderweg beschadigd.
alarm-board-taken = Een antwoord van jullie kon niet worden klaargezet: op zijn plaats ligt iets anders.
alarm-vault-rolled-back = De opslag van deze browser is teruggezet naar een ouder moment.
alarm-vault-damaged = Een deel van de opslag van deze browser is beschadigd.
alarm-works-read-only = Je kunt lezen wat hier al was. Schrijven en delen staan uit tot dit is opgelost.
alarm-works-no-sharing = Je kunt gewoon lezen en schrijven in je dossiers. Geef nu niemand nieuwe toegang.
alarm-works-everything = Al het andere werkt gewoon door.
alarm-works-old-dossiers = Dossiers die je al had, werken gewoon door. Nieuwe kun je misschien niet openen.
alarm-works-what-is-here = Je kunt lezen wat hier al was. Wat nieuw is, is misschien niet volledig.
alarm-works-kept-here = Op dit apparaat is alles er nog. Er is niets kwijt.
alarm-works-rest = De rest kun je gewoon lezen en gebruiken.
alarm-works-vault = Je kunt verder werken. We halen bij de server op wat ontbreekt.
alarm-do-call-operator = Bel de beheerder van de server en vergelijk de controlecode met een collega.
alarm-do-ask-backup = Vraag de beheerder van de server of er een reservekopie is teruggezet.
alarm-do-ask-colleague = Vraag een collega met toegang om je opnieuw toe te laten.
alarm-do-compare = Vraag een collega of die hetzelfde ziet, en meld het bij je bestuurder.
alarm-do-wait = Wacht even: meestal komt het vanzelf na. Blijft dit een dag staan, bel dan de beheerder van de server.
alarm-do-revoke-device = Vraag wie dit apparaat gebruikt. Trek bij twijfel de toegang van het apparaat in.
alarm-do-intake = Je hoeft niets te doen. De melder merkt dat er geen antwoord komt en kan opnieuw schrijven.
alarm-do-board = Stuur het antwoord opnieuw. Gebeurt het weer, bel dan de beheerder van de server.
alarm-do-vault = Gebruik deze browser niet in een gekopieerd profiel. Meld het bij je bestuurder.
alarm-works-sharing-off = Je kunt gewoon lezen en schrijven in je dossiers. Nieuwe toegang geven staat uit tot dit is opgelost.
alarm-do-save-proof = Bewaar het bewijs, vergelijk de controlecode met een collega en bel de beheerder van de server.
save-proof = Bewijs opslaan
settle-fork = Dit is opgelost
proof-holds = In het bewijs staan de ledenlijst en wat ermee in strijd is, beide ondertekend. Er staat niets uit dossiers in.
proof-holds-dossier = In het bewijs staat wat er in strijd is, in leesbare woorden, met de handtekeningen. Geef het alleen aan wie dat mag lezen.
alarm-still-works = Wat nog werkt

## Korte meldingen
toast-copied = Gekopieerd
toast-dossier-made = Dossier gemaakt
toast-reply = Je antwoord is bewaard en gaat naar de melder
toast-note = Notitie bewaard
toast-undone = Wijziging teruggezet

## Fouten
err-wrong-passphrase = Deze wachtzin past niet bij de kluis.
rec-wrong-passphrase = Kijk of er geen letter of woord mist en probeer het opnieuw.
err-wrong-set-up-code = De server kent deze code niet, of hij is al gebruikt.
rec-wrong-set-up-code = Kijk in het scherm van de server. Alles wat je invulde, staat er nog.
err-incomplete = Er ontbreekt nog iets.
rec-incomplete = Vul het lege veld in.
err-no-connection = Er is geen verbinding met de server.
rec-no-connection = Wat je typte, is er nog. Kijk of je internet werkt en probeer het opnieuw.
err-busy = De server heeft het druk.
rec-busy = Wacht een minuut en probeer het opnieuw. Wat je typte, is er nog.
err-not-accepted = De server nam dit niet aan.
rec-not-accepted = Wat je typte, is er nog. Kijk of de klok van je apparaat goed staat en probeer het opnieuw.
err-no-memory = Je apparaat heeft te weinig geheugen vrij om de kluis te openen.
rec-no-memory = Sluit andere tabs en programma's en probeer het opnieuw.
err-storage = Deze browser kan niets bewaren.
rec-storage = Maak ruimte vrij, of gebruik geen privévenster. Kopieer eerst wat je typte.
err-locked = De kluis is op slot.
rec-locked = Open je kluis en probeer het opnieuw.
err-no-dossier = Dit dossier is niet op dit apparaat.
rec-no-dossier = Wacht tot alles is bijgewerkt, of vraag een collega om toegang.
err-text-too-long = Deze tekst is te lang.
rec-text-too-long = Maak hem korter, of verdeel hem over twee berichten.
err-not-allowed = Je mag dit dossier lezen, maar niet veranderen.
rec-not-allowed = Vraag de beheerder van het dossier of je mag schrijven. Kopieer eerst wat je typte.
err-newer-vault = Je kluis is van een nieuwere versie van Sluis.
rec-newer-vault = Laad de pagina opnieuw. Blijft dit zo, vraag dan de beheerder van de server om Sluis bij te werken.
err-internal = Er ging iets mis wat niet mag gebeuren.
rec-internal = Wat bewaard was, is er nog. Laad de pagina opnieuw en meld dit bij je beheerder.

## Indeling, samenhang en drukte
club = Vereniging
risk = Risico
risk-none = Nog niet ingeschat
risk-low = Laag
risk-medium = Gemiddeld
risk-high = Hoog
risk-acute = Nu gevaar
risk-groups = Wie loopt extra risico?
group-minors = Kinderen
group-protected-adults = Volwassenen die bescherming nodig hebben
group-top-sport = Topsport en talent
group-domestic-abuse = Huiselijk geweld speelt mee
group-care-background = Opgegroeid in de zorg
tags = Labels, met komma's ertussen
tier = Welke hulp kan deze organisatie krijgen?
tier-none = Nog niet bekend
tier-all = Advies
tier-pilot = Advies en hulp bij zaken
closing-reason = Reden van afsluiten
lane = Voor wie is deze notitie?
lane-team = Voor het team
lane-me = Alleen voor mij
lane-reporter = Voor de melder
note-hint-me = Niemand anders kan dit lezen, ook je collega's en de beheerder van de server niet.
bond-title = Samenhang
bond-none = Dit dossier hoort nog niet bij een ander dossier.
bond-count = Dit voorval heeft { $dossiers } dossiers, van { $people } melders of slachtoffers.
bond-incident = Zelfde voorval
bond-grew-into = Hieruit ontstane melding
bond-grew-from = Ontstaan uit deze adviesvraag
bond-veiled = Een dossier dat je niet mag lezen.
bond-tie = Koppel
bond-untie = Ontkoppel
bond-suggestions = Gaat dit over hetzelfde?
bond-same-club = zelfde vereniging, zelfde week
bond-same-federation = zelfde bond en soort, zelfde week
bond-number = Nummer van een ander dossier
bond-unknown = Dit nummer staat niet in je lijst.
bond-grow = Maak er een melding van
bond-grow-hint = Is dit toch een melding? Dan maken we een nieuw dossier met wat je al weet. Deze adviesvraag blijft bestaan.
work-questions = Adviesvragen
load-title = Drukte per behandelaar
load-nobody = Wacht nog op iemand
load-questions = Adviesvragen
load-reports = Meldingen
print-dossier = Afdrukken
printed-by = Afgedrukt door { $name } op { $when }
log-tied = Samenhang gewijzigd
log-printed = Dossier afgedrukt
log-exported = Dossier meegenomen in een export
picture-title = Tijdlijn
picture-table = Tijdlijn als tabel
picture-day = Dag
lane-reporter-said = Van de melder
lane-we-said = Van ons
lane-work = Gewerkt
lane-access = Toegang
save-figures = Cijfers opslaan (CSV)
figures-month = Maand

## Tweede slot
lock-title = Tweede slot
lock-what = Met een toegangssleutel van dit apparaat of een losse beveiligingssleutel gaat het bureau in deze browser alleen open met allebei: je wachtzin en die sleutel.
lock-is-on = Het tweede slot staat aan. In deze browser heb je je wachtzin én je sleutel nodig.
lock-way-back = Ben je de sleutel kwijt, dan is er een weg terug: een bestuurder laat je opnieuw toe, of je gebruikt het herstelblad. Er gaat geen dossier verloren.
lock-on = Tweede slot aanzetten
lock-off = Tweede slot uitzetten
lock-passphrase-hint = Zo weten we dat jij het bent. Daarna raak je de sleutel aan.
lock-touch = Raak nu je sleutel aan, of volg wat de browser vraagt.
lock-touch-again = Nog een keer: we kijken of de sleutel twee keer hetzelfde geeft.
lock-with-both = Deze browser heeft een tweede slot: na je wachtzin vragen we om je sleutel.
lock-changed = Het slot is veranderd.
err-no-authenticator = Er kwam geen antwoord van je sleutel.
rec-no-authenticator = Pak de goede sleutel en probeer het opnieuw. Er is niets veranderd. Ben je hem kwijt, vraag dan een bestuurder om je opnieuw toe te laten of gebruik het herstelblad.
err-authenticator-unfit = Deze sleutel is niet geschikt als tweede slot.
rec-authenticator-unfit = Er is niets veranderd: je wachtzin alleen blijft genoeg. Probeer een andere sleutel of een andere browser.
