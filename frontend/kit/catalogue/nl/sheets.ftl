### Herstelbladen: afdrukken, in drieën delen, vervangen en oefenen.

nav = Herstelbladen

## Overzicht
title = Herstelbladen
intro = Met een herstelblad kom je terug als al je apparaten kwijt zijn. Wie het blad heeft, kan dat ook. Daarom kun je het in drieën delen: twee van de drie delen zijn dan samen genoeg, één deel zegt niets.
own = Jouw herstelblad
others = Bladen van collega's
none = Je hebt geen herstelblad. Raak je al je apparaten kwijt, dan moet een bestuurder je opnieuw toelaten.
whole = Eén heel blad, gemaakt op { $date }. Wie het vindt, kan ermee binnenkomen.
in-parts = In drie delen, van een blad van { $date }. De nummers op de delen: { $numbers }.
new = Herstelblad maken
split = Blad in drieën delen
replace = Blad vervangen
rehearse = Oefenen met een blad of deel

## Woorden typen
new-intro = Je krijgt een blad met 24 woorden, of drie delen. Zorg dat je kunt afdrukken en dat niemand meekijkt.
replace-intro = Is het blad gebruikt, of zag iemand de woorden? Dan maak je hier een nieuw blad. Het oude geldt daarna niet meer. Typ eerst de woorden van het oude blad, of van twee delen ervan.
split-intro = Typ de 24 woorden van je blad. Je krijgt drie delen om af te drukken. Geef ze aan drie mensen die elkaar kunnen vinden, het liefst bestuurders.
rehearse-intro = Typ de woorden van een blad of van één deel. Sluis zegt of ze passen. Er verandert niets, en de woorden blijven op dit apparaat. Doe dit elk jaar.
rehearse-hint = 24 woorden. Hoofdletters en leestekens maken niet uit; van elk woord zijn vier letters genoeg.
rehearse-do = Kijk of het past
choose = Eén blad of drie delen?
choose-whole = Eén blad
choose-whole-hint = Eenvoudig, maar wie het vindt, kan binnenkomen.
choose-split = Drie delen
choose-split-hint = Twee van de drie zijn samen genoeg. Eén deel kan kwijtraken, en wie één deel vindt heeft niets.
prepare = Verder naar afdrukken
wrong = Het woord op plaats { $place } klopt niet. Alle andere woorden kloppen.

## Afdrukken
shown-title = Druk dit af
shown-whole = Sluis toont deze woorden maar één keer. Ze gelden nog niet: straks typ je ze over van het papier.
shown-parts = Elk deel komt op een eigen vel. Sluis toont ze maar één keer. Ze gelden nog niet: straks typ je één deel over van het papier.
shown-next = Ik heb het op papier
part-title = Deel { $number } van 3 van een herstelblad van Sluis
part-number = Nummer van dit deel
part-what = Dit deel zegt niets over de dossiers. Samen met nog één deel brengt het een apparaat terug. Bewaar de delen op drie plekken, bij drie mensen.
picture = QR-code van de woorden op dit blad
back = Terug naar de bladen

## Controleren
check-title = Typ het over van het papier
check-whole = Zo weten we dat wat op papier staat ook klopt. Pas daarna geldt het nieuwe blad.
check-part = Kies één van de drie delen en typ de 24 woorden over. Zo weten we dat wat op papier staat klopt. Pas daarna gelden de delen.
check-hint = Hoofdletters en leestekens maken niet uit; van elk woord zijn vier letters genoeg.
check-do = Controleren

## Klaar
done-title = Het past
done-counts = De woorden kloppen. Dit geldt zodra het naar de server is.
done-keep = Leg het blad in een kluis of een verzegelde envelop.
done-parts = Geef de drie delen aan drie mensen. Schrijf ergens op wie welk deel heeft.
done-whole-gone = Vernietig het hele blad. Wie dat vindt, heeft de andere delen niet nodig.
done-old-gone = Vernietig het oude blad of de oude delen. Die gelden niet meer.
done-back = Naar Herstelbladen
fits-part = Deel { $number } past op het herstelblad van { $name }.
fits-whole = Dit is het hele herstelblad van { $name }. Het geldt.
fits-back = Leg het terug op zijn veilige plek.
