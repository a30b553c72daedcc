### Uittreksels voor adviseurs: een tweede dossier zonder namen, tot een dag. Hun adviezen komen terug.

part = Uittreksel
advice-title = Advies van een groep
advice-hint = Met een uittreksel vraag je anderen om advies zonder dat ze het dossier zien: jij kiest wat erin staat, haalt namen weg en bepaalt tot wanneer.
begin = Maak een uittreksel
is-until = te lezen tot en met { $date }
was-until = was te lezen tot en met { $date }
open-extract = Uittreksel openen
no-opinion = Er is nog geen advies.
opinions-title = Adviezen

## De adviseur leest
extract-title = Uittreksel
extract-what = Dit is een uittreksel zonder namen van een dossier. Het dossier zelf kun je niet zien.
extract-until = Je kunt het lezen tot en met { $date }. Daarna gaat het vanzelf weg van je apparaat. Je advies komt terug bij wie het vroeg.
opinion = Jouw advies
opinion-hint = Iedereen die dit uittreksel leest, ziet je advies. Noem geen namen.
give-opinion = Advies geven
of-note = Notitie
of-message = Bericht van de melder
of-reply = Antwoord aan de melder

## Het formulier
form-title = Uittreksel maken
form-what = Alleen wat je hier kiest, gaat mee, woord voor woord zoals het hier staat. Je kunt alles eerst veranderen. In het dossier zelf verandert niets.
pieces-title = 1. Wat gaat er mee?
pieces-hint = Kies zo weinig mogelijk.
pieces-none = In dit dossier staat nog geen tekst.
pieces-lack = Kies wat er meegaat.
piece-words = Zo gaat het mee: { $part }
names-title = 2. Namen weghalen
name = Een naam die niet mee mag
name-hint = Ook een plaats, club of team kan iemand verraden.
person = persoon
replace = Vervangen in alle teksten
found-none = Deze naam staat nergens.
found = { $count ->
    [one] 1 keer vervangen.
   *[other] { $count } keer vervangen.
}
traces = In de tekst staat nog iets wat op een e-mailadres of telefoonnummer lijkt.
traces-do = Haal het weg, of weet zeker dat het niemand verraadt.
whom-title = 3. Wie vraag je, en wat?
whom = Zoek een team of persoon
whom-hint = Kies er een of meer. Zij kunnen lezen en een advies schrijven.
whom-lacks = Kies wie je om advies vraagt.
until = Te lezen tot en met
until-hint = Daarna stopt hun toegang vanzelf.
until-lacks = Kies een dag die nog niet voorbij is.
question = Wat is de vraag?
question-hint = Wat wil je van hen weten? Ook hier: geen namen.
question-lacks = Schrijf op wat je wilt weten.
last-title = 4. Dit gaat mee
last-what = Lees het na. Meer dan dit krijgen ze niet te zien.
make = Maken en delen
toast-made = Het uittreksel is gemaakt. De adviseurs kunnen het lezen zodra het is verstuurd.

## Logboek
log-made = Gemaakt als uittreksel
log-opinion = Advies gegeven
log-asked = Advies gevraagd met een uittreksel
log-returned = Advies teruggekomen
