### Cijfers: wat zonder namen van een gesloten dossier blijft, en het overzicht daarvan.

link = Cijfers van gesloten dossiers
log-kept = Anonieme regel voor de cijfers gemaakt

## Bij het afsluiten
closing-title = Dit blijft over voor de cijfers
closing-what = Van dit dossier blijft één anonieme regel over: wat hieronder staat, en niets anders. Geen naam van iemand, geen tekst, geen nummer, geen dag. De regel gaat versleuteld naar het centrum, op een willekeurig moment binnen een dag. Daar staat niet bij van welk dossier of van wie hij komt.
closing-done = Van dit dossier komt er geen regel bij. Bij een eerdere afsluiting is er al een gemaakt; een dossier telt één keer.
closing-empty = Niet ingevuld: { $names }.
closing-wait = De regel wordt gemaakt.

## Wat een regel zegt
groups = Groepen met meer risico
people = Betrokkenen
incident = Dossiers over dit voorval
opened = Geopend
closed = Afgesloten
open = Hoe lang open
few = te weinig om te noemen
unknown = niet ingevuld
merged = overig
quarter = { $number }e kwartaal { $year }
band-one = 1
band-some = 2 tot 4
band-many = 5 of meer
span-week = hooguit een week
span-month = hooguit een maand
span-quarter = hooguit drie maanden
span-half-year = hooguit een half jaar
span-year = hooguit een jaar
span-longer = langer dan een jaar

## Het overzicht
title = Cijfers
intro = Van elk dossier dat wordt afgesloten, blijft één anonieme regel over. Hier staan ze bij elkaar. Aantallen gaan in stappen van vijf, zodat ook twee periodes naast elkaar niet laten zien wat één dossier was.
loading = De cijfers worden gelezen
empty-title = Nog geen cijfers
empty = Een regel komt hier binnen een dag nadat iemand een dossier heeft afgesloten.
shut = Deze cijfers kun je niet zien.
shut-now = Ze zijn voor bestuurders, coördinatoren en lezers voor het bestuur in het team van het centrum. Vraag een bestuurder van het centrum.
from = Afgesloten vanaf
to = Afgesloten tot en met
table = Hoe vaak elke categorie voorkomt
reports = Meldingen
advice = Advies
fewer-than-five = 1 tot 4
at-least = { $number } of meer
save = Bewaar als CSV
save-what = Voor een rekenprogramma. Heeft een bond in een categorie minder dan vijf voorvallen, of staat de bond er niet bij, dan komen de regels bij “overig”, met alleen soort en jaar.
left-out = Minder dan vijf regels staan er niet in: die vallen te veel op.
strange = { $count ->
    [one] 1 regel is niet te lezen en telt niet mee: van een nieuwere versie, beschadigd of niet door een medewerker gemaakt.
   *[other] { $count } regels zijn niet te lezen en tellen niet mee: van een nieuwere versie, beschadigd of niet door een medewerker gemaakt.
}
file-name = cijfers
