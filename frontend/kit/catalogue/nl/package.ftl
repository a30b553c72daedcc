### Pakket: een dossier versleuteld naar een andere Sluis, en een dat daarvandaan komt.

## Maken
begin = Versleuteld pakket maken
begin-hint = Een bestand voor een andere Sluis. Alleen wie de acht woorden kent, kan het openen.
what = De gegevens van het dossier gaan mee, en de betrokkenen met hun nummer en rol, zonder naam. Kies wat er nog meer mee gaat. Je eigen notities gaan nooit mee.
conversation = Het gesprek met de melder
conversation-hint = Antwoorden aan de melder kan alleen hier; de ontvanger leest het gesprek als tekst.
notes = De notities van het team
notes-hint = Lees ze eerst na: er kan iets in staan dat voor jullie alleen is.
contacts = Namen en contactgegevens van betrokkenen
contacts-hint = Alleen als de ontvanger ze echt nodig heeft. Wat meegaat, wordt daar niet vernietigd als jij dit dossier afsluit.
reason = Waarom moeten de contactgegevens mee?
reason-hint = Dit wordt ondertekend bewaard in het logboek dat je kunt opslaan.
files = Bestanden gaan niet mee. Bewaar ze en geef ze apart.
make = Pakket maken
made = Het pakket is gemaakt
words-what = Het bestand is bewaard bij je downloads. Dit zijn de acht woorden. Schrijf ze op: je ziet ze alleen nu, en niemand kan ze terughalen.
words-apart = Geef de woorden langs een andere weg dan het bestand, bijvoorbeeld door de telefoon.
done = Ik heb de woorden
file-name = pakket

## Openen
take-title = Uit een pakket van een andere Sluis
take-what = Kies het bestand en typ de acht woorden die erbij horen. Je ziet eerst wat erin zit.
choose = Bestand kiezen
none-chosen = Nog geen bestand gekozen
words = De acht woorden
words-hint = Hoofdletters en komma’s maken niet uit.
open = Bekijk wat erin zit
inside = Dit zit in het pakket. Er is nog niets opgeslagen.
from = Van
made-on = Gemaakt op
number = Nummer daar
opened = Daar geopend op
story = Begint met
holds = Berichten en notities
entries = { $count ->
    [0] geen
    [one] 1 bericht, antwoord of notitie
   *[other] { $count } berichten, antwoorden en notities
}
people = { $count ->
    [0] niemand
    [one] 1 betrokkene
   *[other] { $count } betrokkenen
}
with-contacts = { $count ->
    [0] zonder contactgegevens
    [one] van 1 met contactgegevens
   *[other] van { $count } met contactgegevens
}
unproved = Wie dit schreef, staat er als tekst bij. Sluis kan niet nagaan of dat klopt. Het nieuwe dossier staat op jouw naam.
take = Maak er een dossier van
drop = Niet overnemen
head-message = Uit een pakket. Bericht van de melder, { $when }:
head-reply = Uit een pakket. Antwoord aan de melder door { $name }, { $when }:
head-note = Uit een pakket. Notitie van { $name }, { $when }:

## Logboek
log-made = Versleuteld pakket gemaakt, zonder contactgegevens
log-made-contacts = Versleuteld pakket gemaakt, met contactgegevens
log-taken = Overgenomen uit een pakket van { $name }, waar dit dossier { $number } heette

## Fouten
err-words = Dit zijn niet de acht woorden van een pakket.
rec-words = Kijk of je ze alle acht hebt, in de goede volgorde en zonder typefout. Het bestand is onthouden.
err-not-whole = Dit bestand is geen pakket, of niet het hele pakket.
rec-not-whole = Kies het bestand dat eindigt op .sluis, of laat het opnieuw sturen. Er is niets opgeslagen.
err-newer = Dit pakket is gemaakt met een nieuwere versie van Sluis.
rec-newer = Vraag wie jullie server beheert om een nieuwe versie. Er is niets opgeslagen.
err-too-large = Dit is te groot voor een pakket.
rec-too-large = Een pakket is hooguit 64 MB. Kies minder, of een ander bestand.
err-shut = Deze woorden openen dit pakket niet.
rec-shut = Ze horen bij een ander pakket, of het bestand is onderweg veranderd. Vraag de afzender. Er is niets opgeslagen.
err-strange = In dit pakket zit iets wat er niet in hoort.
rec-strange = Neem het niet over. Vraag de afzender om een nieuw pakket, langs een andere weg. Er is niets opgeslagen.
