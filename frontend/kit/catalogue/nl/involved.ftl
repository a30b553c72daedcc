### Betrokkenen: wie er in een dossier voorkomt, hoe je ze bereikt, en dat die gegevens weer verdwijnen.

part-people = Betrokkenen

## De lijst
title = Betrokkenen
hint = Schrijf in de tekst geen namen, maar @p1, @p2. Naam en contactgegevens staan alleen hier. Ze worden vernietigd als je het dossier afsluit.
empty = Voeg toe wie erbij betrokken is. Vul alleen in wat je nodig hebt om iemand te bereiken.
add = Iemand toevoegen
person = persoon { $number }
person-role = persoon { $number } ({ $role })
renumbered = Let op: een collega gaf tegelijk hetzelfde nummer. Kijk of de tekst naar de goede persoon verwijst.
minor-yes = jonger dan 18
minor-no = 18 of ouder
change = Wijzigen
remove = Van de lijst halen
erase = Contactgegevens vernietigen
pin = Een dag op dit apparaat bewaren
pinned = Bewaard op dit apparaat tot { $date }, ook zonder verbinding.
contact-none = Geen contactgegevens.
contact-saving = Wordt opgeslagen. Houd deze pagina open tot het klaar is.
contact-shut = Op dit apparaat nog niet te lezen. Ben je net toegelaten, dan komt dit vanzelf zodra een collega het dossier opent.
contact-reader = Alleen wie mag schrijven, ziet de contactgegevens.
contact-erasing = Wordt vernietigd.
contact-erased = Vernietigd op { $date } door { $name }.
contact-respondent = Van een beschuldigde bewaren we geen naam of contactgegevens.

role-reporter = melder
role-complainant = klager
role-affected = slachtoffer
role-respondent = beschuldigde
role-witness = getuige
role-expert = deskundige
role-counsel = advocaat
role-confidant = vertrouwenspersoon
role-representative = vertegenwoordiger
role-official = bestuurder of official

## Het formulier
form-new = Iemand toevoegen
form-change = Persoon { $number } wijzigen
role = Rol
capacity = Functie in de sport
capacity-hint = Bijvoorbeeld trainer, speler of ouder. Geen naam: dit blijft staan na afsluiten.
minor = Leeftijd
minor-unknown = onbekend
born = Of vul de geboortedatum in
born-hint = We bewaren alleen of iemand jonger is dan 18. De datum zelf niet.
contact-title = Zo bereik je deze persoon
contact-hint = Vul zo weinig mogelijk in. Dit wordt vernietigd als je het dossier afsluit.
name = Naam
phone = Telefoonnummer
email = E-mailadres
address = Adres
save = Opslaan
saved = Opgeslagen.

## Bevestigen
plan-remove = Persoon { $number } van de lijst halen?
plan-remove-what = In het logboek blijft staan dat deze persoon erbij stond. Het nummer wordt niet opnieuw gebruikt.
plan-remove-do = Van de lijst halen
plan-erase = Contactgegevens van persoon { $number } vernietigen?
plan-erase-what = Naam, telefoonnummer en adres gaan weg, op de server en op alle apparaten. Dit kan niet terug.
plan-erase-do = Vernietigen
type-to-confirm = Typ { $what } om te bevestigen

## Alles over iemand
about = Alles over deze persoon
about-title = Wat over persoon { $number } in dit dossier staat
about-hint = Voor een verzoek om inzage. Lees het na voor je het meegeeft: er kan ook iets over anderen in staan, en een naam die iemand zonder @p typte, staat er niet bij.
about-text = In de tekst
about-none = In de tekst wordt deze persoon niet genoemd.
about-back = Terug naar de lijst
paper-people = Namen en contactgegevens staan niet op papier. Wie ze nodig heeft, drukt ze per persoon af.
about-print = Afdrukken

## Verwijzen in de tekst
insert = Verwijs naar:

## Afsluiten
close = Dossier afsluiten
close-title = Dossier afsluiten
close-what = Namen en contactgegevens worden vernietigd. De tekst en de cijfers blijven. Kijk daarom eerst of er in de tekst nog namen staan.
close-own = Notities die iemand alleen voor zichzelf maakte, ziet niemand anders. Het apparaat van de schrijver haalt daar bij het afsluiten de namen en nummers uit die het op dat moment kent. Vraag collega's om hun eigen notities eerst na te kijken.
close-settle = Los dit eerst op
close-conflict = { $field } heeft twee waarden. Kies er een.
close-unanswered = Er is een bericht van de melder waarop nog niet is geantwoord.
close-unanswered-ok = Dit bericht heeft geen antwoord nodig
sweep = Zoek namen, nummers en adressen in de tekst
sweep-again = Zoek opnieuw
sweep-none = Niets gevonden. Lees de tekst zelf ook na: een bijnaam of een plaats vinden we niet.
sweep-found = Dit vonden we in de tekst
sweep-shut = Sommige contactgegevens zijn hier niet te lezen. Die namen kunnen we niet zoeken.
found-in = In { $where }: { $words }
found-note = een notitie of bericht
found-instead = Dan staat er: { $text }
redact = Weglaten
redact-all = Alles weglaten
redact-keeps = Het logboek bewaart dat er iets is weggelaten, en klopt nog steeds.
close-files = Bestanden
close-files-what = Kijk per bestand of het mag blijven. In een foto, opname of document kan een naam of gezicht staan, en ook de naam van het bestand blijft staan. Wat je verwijdert, kan niemand meer openen; de server wist het na 7 dagen.
close-files-keep = In een foto, opname of document kan een naam of gezicht staan. Verwijderen kan alleen wie over de toegang gaat. Kies wat mag blijven, of vraag een collega eerst iets weg te halen.
close-file-keep = Mag blijven
close-file-remove = Verwijderen
close-files-why = Verwijderd bij het afsluiten
reason = Reden
reason-settled = Afgehandeld
reason-referred = Doorverwezen
reason-withdrawn = De melder wil stoppen
reason-silent = De melder reageert niet meer
reason-out-of-scope = Hoort hier niet
reason-duplicate = Zelfde als een ander dossier
outcome = Wat is eruit gekomen?
outcome-hint = Kort, en zonder namen: dit blijft staan.
close-do = Afsluiten en vernietigen
close-pending = Het dossier wordt afgesloten. De contactgegevens worden nu vernietigd.
close-wait = Valt de verbinding weg, dan gaat het later vanzelf verder.

## Bewijs
proof-title = Bewijs van vernietiging
proof-closed = Afgesloten op { $date } door { $name }. Reden: { $reason }.
proof-devices = { $done } van { $devices } apparaten hebben gemeld dat ze niets meer hebben.
proof-none = Er waren geen contactgegevens om te vernietigen.
proof-person = Persoon { $number }: vernietigd op de server in het uur van { $date }. Kenmerk { $mark }.
proof-holds = handtekening van de server klopt
proof-fails = handtekening van de server klopt niet
proof-what = Wat eerder al door iemand is overgeschreven of gekopieerd, valt hier niet onder.
proof-after = Ook met een oude kopie van de server kan niemand deze gegevens nog openen zodra elk apparaat zijn maandsleutel heeft vernieuwd: uiterlijk op { $date }, als het apparaat dan is gebruikt.
proof-print = Afdrukken

## Logboek
log-added = Persoon { $number } toegevoegd
log-changed = Persoon { $number } gewijzigd
log-removed = Persoon { $number } van de lijst gehaald
log-sealed = Contactgegevens van persoon { $number } opgeslagen
log-erased = Contactgegevens van persoon { $number } vernietigd
log-closed = Dossier afgesloten
log-shredded = Een apparaat meldt dat het geen contactgegevens meer heeft
log-redacted = Woorden weggelaten

## Waarschuwingen en fouten
alarm-withheld = De server laat contactgegevens niet zien die er wel zouden moeten zijn.
alarm-rolled-back = De server laat oudere contactgegevens zien dan er zijn opgeslagen.
alarm-wrong = Contactgegevens, of het bewijs dat ze zijn vernietigd, kloppen niet.
alarm-works = De tekst van het dossier werkt gewoon door.
alarm-do = Gebruik deze contactgegevens niet. Meld het bij je bestuurder en bel de beheerder van de server.
err-respondent = Van een beschuldigde bewaren we geen naam of contactgegevens.
rec-respondent = Laat die velden leeg. Rol en functie mag je wel invullen.
err-contact-gone = De contactgegevens van deze persoon zijn vernietigd.
rec-contact-gone = Ze komen niet terug. Voeg deze persoon zo nodig opnieuw toe.
err-contact-left = Er zijn nog contactgegevens.
rec-contact-left = Vernietig ze eerst bij Betrokkenen, of sluit het dossier daar af.
err-disputed = Een veld heeft twee waarden.
rec-disputed = Kies eerst welke waarde geldt.
err-no-person = Deze persoon staat niet meer op de lijst.
rec-no-person = Kijk of een collega iets heeft veranderd.
err-closed = Het dossier is afgesloten.
rec-closed = Kies een andere status om het weer te openen.

## Bewaartermijn
ends-title = Bewaartermijn loopt af
ends-on = Open tot en met { $day }
ends-over = Had op { $day } dicht moeten zijn
ends-what = Dit dossier mag open blijven tot en met { $day }: { $months } maanden nadat er voor het laatst iets in gebeurde. Een nieuw bericht schuift die dag op. Er wordt niets vanzelf vernietigd: je krijgt vanaf 30 dagen ervoor een herinnering bij Werk, en sluit dan af of gaat door.
