### De pagina van de melder. Ook iemand die bang is of haast heeft, moet dit in één keer begrijpen.
### Versie voor kinderen: reporter-child.ftl (zelfde namen; wat daar niet staat, komt hiervandaan).

page-title = Bericht
leave-quickly = Snel weg
leave-quickly-hint = Of druk drie keer op Escape.
easy-reading = Makkelijk lezen
normal-reading = Gewoon lezen

## Schrijven
write-title = Vertel wat er is gebeurd
write-who = Alleen het team dat jij kiest, kan dit lezen. Je blijft anoniem.
write-who-line = Alleen { $line } kan dit lezen. Je blijft anoniem.
write-next = Je krijgt acht woorden. Daarmee kom je terug en lees je ons antwoord.
write-when = We lezen op werkdagen en antwoorden zo snel als we kunnen.
danger = Is er nu gevaar? Bel 112.
other-phones = Liever bellen?
call = Bel { $name }: { $number }
line-question = Aan wie wil je schrijven?
line-unknown = Ik weet het niet
line-unknown-hint = Dan leest { $centre } het.
line-of = van { $organisation }
story-label = Je verhaal
story-hint = Schrijf in je eigen woorden. Je naam hoeft niet. Niets is verplicht.
story-waiting = We zoeken verbinding met de server. Dit duurt meestal een paar tellen.
continue-button = Verder
have-words = Ik heb al acht woorden
characters-left = { $count ->
    [one] nog 1 teken
   *[other] nog { NUMBER($count) } tekens
}

## Veilig op dit apparaat
safe-title = Veilig op dit apparaat
safe-nothing-kept = Deze pagina bewaart niets op dit apparaat. Sluit je haar, dan is alles weg wat je nog niet verstuurde.
safe-history = In de geschiedenis van je browser staat wel dat je deze pagina opende. Een privévenster voorkomt dat.
safe-watched = Kan iemand in dit apparaat kijken? Gebruik dan een ander apparaat of een ander wifi-netwerk.
safe-leave = Met "Snel weg" zie je meteen een gewone andere website.

## De acht woorden
words-title = Bewaar deze acht woorden
words-why = Met deze woorden lees je later ons antwoord. Niemand kan ze voor je terugvinden. Wij ook niet.
words-how = Schrijf ze op papier, of bewaar ze op een plek die alleen jij kent.
words-making = We maken je woorden
words-image = Als plaatje bewaren
words-traces = Een kopie of een plaatje blijft op dit apparaat staan. Doe dat alleen als niemand anders erin kijkt.
words-not-copied = Kopiëren lukt hier niet. Selecteer de woorden en kopieer ze zelf.
words-kept = Ik heb ze bewaard
words-hide = Woorden verbergen
words-again = Toon de woorden nog eens
words-image-title = Mijn acht woorden
words-list-label = Je acht woorden

## Eén woord terug
check-title = Wat is woord { NUMBER($number) }?
check-why = Zo weet je zeker dat je de woorden goed hebt bewaard.
check-label = Woord { NUMBER($number) }
check-wrong = Dit is niet woord { NUMBER($number) }. Kijk nog eens bij je woorden, of sla dit over.
check-send = Klopt, verstuur
check-skip = Sla over, verstuur nu
back-to-text = Terug naar je tekst

## Gesprek
chat-title = Je gesprek
chat-with = Je schrijft met { $line }.
chat-list-label = Berichten
chat-empty = Hier komt je gesprek te staan.
you = Jij
reply-label = Je bericht
reply-hint = Typ verder wanneer je wilt. Je kunt deze pagina ook sluiten en met je acht woorden terugkomen.
send-button = Versturen
attach-button = Foto of bestand
state-sealing = wordt versleuteld
state-working = even rekenen: { NUMBER($percent) } procent
state-sending = wordt verstuurd
state-waiting = wacht op de server, we proberen het vanzelf opnieuw
state-stored = op de server, nog niet gelezen
state-read = gelezen
state-failed = niet verstuurd
retry-button = Opnieuw proberen
cut-off = Hier ontbreekt nog een stuk.
work-label = We maken je bericht klaar
work-why = Je apparaat rekent even. Dat houdt misbruik tegen zonder dat wij weten wie je bent.
status-label = Je melding
case-new = is aangekomen
case-read = is gelezen
case-in-progress = is in behandeling
case-waiting-for-reporter = wacht op antwoord van jou
case-referred = is doorgegeven aan een andere organisatie
case-stopped = is gestopt, omdat jij dat vroeg
case-closed = is afgesloten
nothing-found = Er is nog geen antwoord, of een woord klopt niet.
nothing-found-hint = Wij zetten je berichten hier terug zodra iemand van ons ze heeft opgehaald. Kijk later nog eens, of controleer je woorden.
check-words = Controleer je woorden
not-shown-yet = Berichten die wij nog niet hebben opgehaald, zie je na terugkomen nog niet.

## Wat een schermlezer zegt
spoken-stored = Je bericht staat op de server.
spoken-failed = Je bericht is niet verstuurd.
spoken-new = Er is een nieuw bericht.
spoken-online = De verbinding is terug.
spoken-copied = De woorden zijn gekopieerd.

## Vragen achteraf
questions-title = Een paar vragen. Overslaan mag altijd.
question-sport = Om welke sport gaat het?
question-federation = Bij welke sportbond hoort dat?
question-level = Op welk niveau?
question-minor = Gaat het om iemand die jonger is dan 18?
question-contact = Hoe kunnen we je bereiken, als je dat wilt?
question-contact-hint = Dit hoeft niet. We kunnen je ook hier antwoorden.
question-other = Vraag
answer-send = Antwoord
answer-skip = Overslaan
dont-know = Weet ik niet

## Wat je wilt
more-title = Meer over dit gesprek
share-label = Mijn sportbond mag dit ook lezen
share-hint = Zet je dit aan, dan mag het team je bericht met je sportbond delen. Zet je het weer uit, dan vragen we hun om te stoppen. Wat ze al lazen, kunnen we niet terughalen.
shared-on = Mijn sportbond mag dit lezen.
shared-off = Mijn sportbond mag dit niet lezen.
stop-button = Ik wil stoppen
stop-title = Wil je stoppen?
stop-text = We laten het team weten dat je wilt stoppen. Is iemand in gevaar, dan moet het team soms toch iets doen. Dat vertellen ze je hier.
stop-confirm = Ja, ik wil stoppen
stop-cancel = Nee, ga door
stopped = Ik wil stoppen.
proof-button = Bewijs bewaren
proof-hint = Een tekstbestand dat laat zien wat je stuurde en wanneer het aankwam.
proof-waiting = Het bewijs is er zodra het team je bericht heeft opgehaald.
proof-title = Bewijs van een melding
proof-intro = Dit bericht is bij { $line } aangekomen.
proof-arrived = Aangekomen
proof-number = Kenmerk
proof-hash = Controlegetal (SHA-256)
proof-message = Bericht
show-words = Toon mijn acht woorden

## Terugkomen
return-title = Lees ons antwoord
return-label = Je acht woorden
return-hint = Hoofdletters en komma's maken niet uit. De eerste vier letters van elk woord zijn genoeg.
return-open = Openen
return-opening = We openen je gesprek
return-new = Ik heb geen woorden: nieuw bericht
return-count = { $count ->
    [0] Typ hier je acht woorden.
    [one] Dit is 1 woord. Het moeten er acht zijn.
   *[other] Dit zijn { NUMBER($count) } woorden. Het moeten er acht zijn.
}
return-unknown = Woord { NUMBER($number) } ({ $word }) ken ik niet.
return-did-you-mean = Bedoel je:
return-check = De woorden horen niet bij elkaar. Er klopt er één niet, of er zijn er twee verwisseld.
return-check-fixes = Dit zou kunnen kloppen:
return-replace = woord { NUMBER($number) } wordt { $word }
return-swap = woord { NUMBER($first) } en { NUMBER($second) } wisselen

## Als het niet kan
err-not-open = Dit meldpunt is nog niet open.
rec-not-open = Je kunt hier nog niets sturen. Bel een van de nummers hieronder.
err-no-line = Je kunt hier nu niet schrijven.
rec-no-line = Er is op dit moment geen team dat veilig berichten kan ontvangen. Bel een van de nummers hieronder, of kom later terug.
err-forged = De server geeft iets wat niet klopt.
rec-forged = Stuur hier nu niets. Probeer het met een ander netwerk, of bel een van de nummers hieronder.
err-clock = De klok van je apparaat loopt meer dan een dag verkeerd.
rec-clock = Zet datum en tijd goed en laad de pagina opnieuw.
err-unreachable = De server geeft geen antwoord.
rec-unreachable = Je hoeft niets te doen. We proberen het vanzelf opnieuw. Heb je haast? Bel een van de nummers hieronder.
err-memory = Dit apparaat heeft te weinig geheugen vrij.
rec-memory = Sluit andere pagina's en probeer het opnieuw.
err-missing-reply = Een antwoord ontbreekt.
rec-missing-reply = De server gaf het niet door. Kijk later nog eens. Blijft het weg, bel dan het team.
err-damaged-reply = Een antwoord is onderweg veranderd. We tonen het niet.
rec-damaged-reply = Kijk later nog eens. Blijft dit zo, bel dan het team.
err-stranger = Een antwoord kwam niet van het team. We tonen het niet.
rec-stranger = Je hoeft niets te doen. Wat het team schreef, zie je gewoon.
err-story-empty = Er staat nog niets.
rec-story-empty = Schrijf eerst een paar woorden.
err-story-long = Je tekst is te lang voor één bericht.
rec-story-long = Stuur eerst een deel. De rest kun je daarna sturen.
