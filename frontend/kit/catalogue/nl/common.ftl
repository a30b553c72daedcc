### Woorden die beide pagina's gebruiken. Kort, gewoon Nederlands, "je".
### Een fout heeft twee teksten: err-… zegt wat er gebeurde, rec-… wat je nu kunt doen.

## Taal en weergave
language-name = Nederlands
intl-tag = nl-NL
thousands-separator = .
language = Taal
switch-language = Kies je taal
color-scheme = Kleuren
scheme-system = Als je apparaat
scheme-light = Licht
scheme-dark = Donker
reading-level = Leesniveau
reading-level-adult = Voor volwassenen
reading-level-child = Voor kinderen

## Plaats op de pagina
product-name = Sluis
skip-to-content = Naar de inhoud
main-navigation = Hoofdmenu
page-settings = Weergave
demonstration = Oefenomgeving
demonstration-explained = Dit is een oefenomgeving. Alles wat je hier ziet, is verzonnen.

## Knoppen
save = Bewaren
cancel = Annuleren
close = Sluiten
back = Terug
next = Volgende
previous = Vorige
continue = Verder
done = Klaar
send = Versturen
retry = Opnieuw proberen
undo = Ongedaan maken
delete = Verwijderen
edit = Aanpassen
add = Toevoegen
remove = Weghalen
copy = Kopiëren
copied = Gekopieerd
print = Afdrukken
download = Downloaden
search = Zoeken
clear = Leegmaken
open = Openen
show = Tonen
hide = Verbergen
more = Meer
help = Hulp
yes = Ja
no = Nee
optional = niet verplicht
required = verplicht

## Toestand
loading = Even geduld
busy = Bezig
saved = Bewaard
saving = Wordt bewaard
not-saved = Nog niet bewaard
draft = Concept
waiting-for-connection = Wacht op verbinding
waiting-count = { $count ->
    [one] 1 wijziging wacht op verbinding
   *[other] { $count } wijzigingen wachten op verbinding
}
offline = Geen verbinding
online = Verbonden
sending = Wordt verstuurd
sent = Verstuurd
not-sent = Niet verstuurd
read = Gelezen
progress-percent = { NUMBER($percent) } procent
remaining-seconds = { $seconds ->
    [0] bijna klaar
    [one] nog ongeveer 1 seconde
   *[other] nog ongeveer { $seconds } seconden
}

## Tijd
today = vandaag
yesterday = gisteren
tomorrow = morgen
just-now = zojuist
minutes-ago = { $count ->
    [one] 1 minuut geleden
   *[other] { $count } minuten geleden
}
days-left = { $count ->
    [0] vandaag
    [one] nog 1 dag
   *[other] nog { $count } dagen
}
days-overdue = { $count ->
    [one] 1 dag te laat
   *[other] { $count } dagen te laat
}

## Tabellen
sort-by = Sorteren op { $column }
sorted-ascending = oplopend
sorted-descending = aflopend
row-count = { $count ->
    [0] Geen regels
    [one] 1 regel
   *[other] { $count } regels
}

## Dialoog
confirm-by-typing = Typ { $word } om te bevestigen

## Meldingen op het scherm
notice-info = Let op
notice-ok = Gelukt
notice-warning = Waarschuwing
notice-error = Er ging iets mis
what-you-can-do = Wat je kunt doen

## Wie is wie
role-reporter = Melder
role-case-manager = Casemanager
role-investigator = Onderzoeker
role-confidential-adviser = Vertrouwenspersoon
role-director = Bestuurder
role-steward = Beheerder van het dossier
role-affected-person = Slachtoffer
role-witness = Getuige
role-respondent = Beschuldigde
role-other-party = Andere betrokkene
centre = Centrum
federation = Sportbond
club = Vereniging
you = Jij

## Soort dossier
kind = Soort
kind-report = Melding
kind-advice = Adviesvraag

## Categorie en onderwerp
category = Categorie
subcategory = Onderwerp
category-none = Nog niet gekozen
category-transgressive = Grensoverschrijdend gedrag
category-substances = Verboden middelen
category-match-fixing = Matchfixing
category-integrity = Integriteit
category-other = Anders
sub-sexual = Seksuele intimidatie of seksueel misbruik
sub-bullying = Pesten
sub-discrimination = Discriminatie
sub-violence = Geweld of bedreiging
sub-emotional = Kleineren, vernederen of manipuleren
sub-neglect = Verwaarlozing
sub-stalking = Stalken
sub-doping = Doping
sub-supply = Middelen geven of verkopen
sub-drugs = Drugs of alcohol
sub-bribery = Omkoping of beïnvloeding van een wedstrijd
sub-betting = Gokken op eigen wedstrijden
sub-inside-information = Doorgeven van voorkennis
sub-mismanagement = Wanbestuur
sub-fraud = Fraude of diefstal
sub-conflict-of-interest = Belangenverstrengeling
sub-privacy = Misbruik van persoonlijke gegevens
sub-conduct-of-official = Gedrag van een bestuurder, trainer of scheidsrechter
sub-other = Iets anders

## Niveau
level = Niveau
level-recreational = Recreatief
level-competition = Wedstrijdsport
level-talent = Talent
level-elite = Topsport
sport = Sport
unknown = Onbekend

## Status
status = Status
status-new = Nieuw
status-received = Ontvangen
status-read = Gelezen
status-in-progress = In behandeling
status-waiting-for-reporter = Wacht op de melder
status-referred = Doorverwezen
status-stopped = Gestopt
status-closed = Afgesloten

## Fouten
err-unexpected = Er ging iets mis in deze pagina.
rec-unexpected = Laad de pagina opnieuw. Gebeurt het nog eens, bel ons dan.
err-offline = Er is geen verbinding met de server.
rec-offline = Je hoeft niets te doen. We proberen het vanzelf opnieuw.
err-server = De server kan dit nu niet verwerken.
rec-server = Wacht een paar minuten en probeer het opnieuw.
err-too-busy = Het is nu erg druk.
rec-too-busy = Wacht een minuut en probeer het opnieuw.
err-too-large = Dit is te groot om te versturen.
rec-too-large = Maak het korter, of stuur het in delen.
err-refused = De server weigerde dit verzoek.
rec-refused = Kijk of de klok van je apparaat goed staat en laad de pagina opnieuw.
err-damaged = Een bericht is onderweg veranderd. We tonen het niet.
rec-damaged = Probeer het later opnieuw. Blijft dit zo, meld het dan bij je beheerder.
err-old-version = Deze pagina is ouder dan de server.
rec-old-version = Laad de pagina opnieuw. Wat je typte en nog niet verstuurde, kopieer je eerst.
err-browser = Je browser kan deze pagina niet aan.
rec-browser = Werk je browser bij, of gebruik een andere.
err-required = Dit is nog leeg.
rec-required = Vul dit in om verder te gaan.
err-too-long = Deze tekst is te lang.
rec-too-long = Maak de tekst korter.
err-not-copied = Kopiëren lukte niet.
rec-not-copied = Selecteer de tekst en kopieer die zelf.
