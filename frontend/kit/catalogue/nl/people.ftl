### Mensen, apparaten en organisaties: wie toegang heeft, hoe je iemand toelaat en hoe je terugkomt.

nav-people = Mensen

## Overzicht
people-title = Mensen
people-intro = Hier zie je wie er met Sluis werkt. Een dossier lezen kan alleen wie er in dat dossier toegang heeft.
people-loading = De mensen worden opgehaald
people-pending = { $count ->
    [one] 1 wijziging moet nog naar de server
   *[other] { $count } wijzigingen moeten nog naar de server
}
people-admit = Collega toelaten
people-add-device = Nog een apparaat toevoegen
people-admit-organisation = Organisatie toelaten
people-your-devices = Jouw apparaten
people-kind-centre = Centrum
people-kind-federation = Sportbond
people-kind-experts = Externe experts
people-kind-register = Registerhouder
people-mine = Jij bent hier bestuurder
people-teams = Teams
people-line = lijn voor melders
people-nobody = Hier werkt nu niemand.
people-unnamed = Naam nog niet bekend
people-you = { $name } (jij)
people-no-roles = Geen rol
people-devices = { $count ->
    [0] Geen apparaten
    [one] 1 apparaat
   *[other] { $count } apparaten
}
people-show = Meer
people-show-of = Meer over { $name }
people-browser = Browser
people-paper = Herstelblad op papier
people-here = deze browser
people-since = sinds { $date }
people-let-in-by = toegelaten door { $name }
people-revoke = Toegang intrekken
people-revoke-hint = Laptop gestolen of kwijt? Trek hier meteen de toegang van dat apparaat in.
people-roles = Rollen
people-in-teams = Teams en lijnen
people-new-device = Nieuw apparaat toelaten
people-leave = Collega laten gaan
people-outside-title = Wie hier niet staat
people-outside = Verenigingen, het bestuur van een koepel en het tuchtrecht-instituut krijgen geen toegang. Zij kunnen zelf bij een zaak betrokken zijn, of er later over oordelen. Sluis kent daarom geen plek voor hen.
people-decided = Bewaard
people-told-title = Er is een nieuw apparaat van jou toegelaten
people-told-browser = Een browser, { $date }, toegelaten door { $name }.
people-told-paper = Een herstelblad, { $date }, toegelaten door { $name }.
people-told-do = Was jij dit? Dan is het goed. Ken je het niet, trek dan meteen de toegang in bij Mensen en bel je bestuurder.
people-told-known = Dit was ik
people-told-look = Naar Mensen

role-panel-member = Panel- of commissielid
role-board-reader = Leest mee voor het bestuur
role-advisory-member = Adviseert op verzoek
role-expert = Externe expert
role-all-federations = Mag door alle bonden gekozen worden
role-director-hint = Een extra bestuurder kies je bij Mensen, met het herstelblad.

## Laten gaan en intrekken
leave-title = { $name } laten gaan?
leave-what = Dit gebeurt er:
leave-access = Alle apparaten van { $name } verliezen meteen hun toegang. Nieuwe berichten en dossiers zijn niet meer te lezen.
leave-known = Wat { $name } al heeft gelezen, blijft bekend bij { $name }. Dat kan niemand terugdraaien.
leave-keys = De sleutels worden vernieuwd. Dat gaat vanzelf, zonder dat iemand iets merkt.
leave-heir = Wie neemt de dossiers over?
leave-heir-hint = Dossiers waarvan { $name } de behandelaar is, krijgen deze collega als behandelaar.
leave-nobody = Nog niemand
leave-type = Typ { $name } om te bevestigen
leave-differs = Dit is niet dezelfde naam.
leave-confirm = Laten gaan
revoke-title = Toegang intrekken?
revoke-what = Deze apparaten verliezen meteen hun toegang. Wat er al op stond, blijft bekend bij wie het apparaat en de wachtzin heeft. De sleutels worden vanzelf vernieuwd.
revoke-which = Welke apparaten?
revoke-let-in = Apparaten die dit apparaat heeft toegelaten, staan er al bij. Haal weg wat mag blijven.
revoke-here = Let op: dit is de browser waarin je nu werkt. Je bureau sluit meteen.
revoke-none = Kies minstens één apparaat.
revoke-confirm = Toegang intrekken

## Toelaten
admit-step = Stap { $step } van { $count }
admit-colleague-title = Collega toelaten
admit-colleague-intro = Zit je collega naast je, of kun je bellen? Jullie vergelijken straks zes woorden. Je collega heeft het adres van deze site nodig.
admit-device-title = Apparaat toelaten
admit-device-intro = Houd het nieuwe apparaat bij de hand, of bel met wie het heeft. Op beide schermen komen straks dezelfde zes woorden.
admit-device-for = Voor { $name }
admit-organisation-title = Organisatie toelaten
admit-organisation-intro = Je laat een sportbond of een groep externe experts toe, met een eerste bestuurder. Die laat daarna zelf collega's toe. Je hebt het herstelblad nodig.
admit-name = Naam van je collega
admit-name-hint = Zo staat de naam straks bij alles wat deze collega doet. Melders zien alleen de rol.
admit-director = Naam van de eerste bestuurder
admit-organisation = Naam van de organisatie
admit-sort = Wat voor organisatie is het?
admit-sort-hint = Een vereniging, het bestuur van een koepel of het tuchtrecht-instituut kan niet: die krijgen geen toegang.
admit-line = Naam van de lijn voor melders
admit-line-hint = Zo zien melders waar hun bericht naartoe gaat. Bijvoorbeeld: Meldlijn van de Judobond
admit-sheet = De 24 woorden van het herstelblad
admit-sheet-hint = Van het blad van het centrum. Hoofdletters maken niet uit; van elk woord zijn vier letters genoeg.
admit-make = Uitnodiging maken
admit-waiting-title = Laat deze uitnodiging zien
admit-waiting-open = Open op het andere apparaat het bureau van Sluis op deze site en kies Ik heb een uitnodiging.
admit-waiting-read = Lees daar deze afbeelding met de camera, of plak de code.
admit-waiting-safe = De uitnodiging is geen geheim: zonder jouw bevestiging komt er niemand mee binnen.
admit-picture = QR-code van de uitnodiging. Dezelfde code staat eronder als tekst.
admit-code = De code als tekst
admit-waiting = Wachten op het andere apparaat
admit-minutes = { $count ->
    [0] nog minder dan een minuut geldig
    [one] nog 1 minuut geldig
   *[other] nog { $count } minuten geldig
}
admit-words-title = Vergelijk de woorden
admit-words-intro = Het andere apparaat toont nu zes woorden. Bel je collega of ga ernaast zitten, en laat alle zes voorlezen. Gebruik geen chat of mail.
admit-words-list = De woorden op jouw scherm
admit-words-blank = wat hoor je?
admit-words-ask = Welk woord hoor je op plaats { NUMBER($number) }?
admit-words-missing = Kies het woord dat je hoort.
admit-words-all = Laat alleen toe als ook alle andere woorden precies gelijk zijn, in dezelfde volgorde.
admit-words-same = Alles is gelijk, laat toe
admit-words-differ = Ze zijn niet gelijk
admit-done-title = Toegelaten
admit-done-colleague = { $name } hoort er nu bij en ziet het bureau vanzelf opengaan.
admit-done-device = Het nieuwe apparaat heeft nu toegang. Het bureau gaat daar vanzelf open.
admit-done-organisation = { $name } hoort er nu bij. De eerste bestuurder kan zelf collega's toelaten.
admit-done-next = De dossiers komen binnen zodra de sleutels zijn gedeeld. Laat dit bureau nog even open.
admit-done-told = Alle apparaten van deze persoon krijgen hier bericht van.
admit-done-back = Naar Mensen
admit-differed-title = Er is niemand toegelaten
admit-differed-what = De woorden waren niet gelijk. Dan heeft misschien iemand anders geprobeerd binnen te komen, of las het andere apparaat een oude uitnodiging.
admit-differed-do = Controleer dat jullie op dezelfde site zitten en maak een nieuwe uitnodiging. Gaat het weer mis, bel dan de beheerder van de server.
admit-over-title = De uitnodiging is verlopen
admit-over-what = Een uitnodiging is tien minuten geldig. Er is niemand toegelaten.
admit-again = Nieuwe uitnodiging
admit-stop = Stoppen

## Binnenkomen op een lege browser
enter-title = Hoe wil je binnenkomen?
enter-invitation = Ik heb een uitnodiging
enter-invitation-hint = Een collega laat je toe, of je voegt een eigen apparaat toe.
enter-sheet = Ik heb het herstelblad
enter-sheet-hint = Alle apparaten zijn kwijt, of deze browser is leeggemaakt.
enter-code-title = Je uitnodiging
enter-code-intro = Vraag je collega om bij Mensen op Collega toelaten te klikken. Is dit een extra apparaat van jezelf? Klik dan op je andere apparaat op Nog een apparaat toevoegen.
enter-code = Code van de uitnodiging
enter-code-hint = Plak de code. Hoofdletters en spaties maken niet uit.
enter-code-wrong = Dit is geen hele uitnodiging, of ze hoort bij een andere site.
enter-code-wrong-do = Kopieer de code nog eens, van begin tot eind.
enter-scan = Lees met de camera
enter-scan-stop = Camera uit
enter-scan-picture = Kies een foto van de QR-code
enter-scan-hint = Richt de camera op de QR-code.
enter-scan-none = We zien geen QR-code van Sluis, of de camera mag niet aan. Plak dan de code.
enter-words-title = Lees deze woorden voor
enter-words-intro = Bel je collega, of lees ze hardop voor als jullie bij elkaar zitten. Stuur ze niet per chat of mail. Gaat het om je eigen apparaat? Vergelijk ze dan zelf.
enter-words-waiting = Wachten tot je wordt toegelaten
enter-words-next = Zodra de woorden gelijk zijn, gaat je bureau hier vanzelf open.
enter-sheet-title = Je herstelblad
enter-sheet-intro = Typ de 24 woorden van het blad over, in de volgorde van de nummers. Zorg dat niemand meekijkt.
enter-sheet-words = De 24 woorden
enter-sheet-words-hint = Hoofdletters en leestekens maken niet uit; van elk woord zijn vier letters genoeg. Is het blad in drieën gedeeld, typ dan twee delen onder elkaar.
enter-sheet-checking = Het blad wordt gecontroleerd
sheet-count = { $count ->
    [0] Er staan nog geen woorden.
    [one] Er staat 1 woord. Het moeten er 24 zijn.
   *[other] Er staan { $count } woorden. Het moeten er 24 zijn.
}
sheet-unknown = Deze woorden kennen we niet: nummer { $places }. Kijk naar de spelling.
sheet-one-share = Dit is één deel van een blad dat in drieën is gedeeld. Zet de 24 woorden van een tweede deel eronder.
sheet-mistaken = Dit zijn bekende woorden, maar samen geen herstelblad. Kijk of er twee zijn verwisseld of een woord verkeerd staat.
sheet-foreign = Dit blad hoort niet bij deze organisatie, of het geldt niet meer.
enter-lost-title = Welke browsers ben je kwijt?
enter-lost-who = Dit is het herstelblad van { $name }, { $organisation }.
enter-lost-what = Deze browsers verliezen hun toegang. Werk je nog veilig in een ervan? Haal dan het vinkje weg.
enter-lost-none = Er zijn geen browsers meer met toegang.
enter-lost-browser = Browser, sinds { $date }
enter-working-title = Je komt terug
enter-failed-title = Het is nog niet gelukt
enter-done-title = Je bent binnen
enter-done-joined = Je hoort er nu bij. Je dossiers komen vanzelf binnen.
enter-done-restored = Je werkt weer met je dossiers. Ze komen vanzelf binnen.
enter-done-sheet = Je herstelblad is gebruikt, en het blijft geldig. Leg het meteen terug op een veilige plek. Vervang het daarna, bij Mensen onder Herstelbladen: de woorden zijn nu overgetypt.
enter-done-work = Naar mijn werklijst

## Toegang kwijt en opnieuw beginnen
revoked-title = Deze browser heeft geen toegang meer
revoked-what = De toegang van dit apparaat is ingetrokken, door jou op een ander apparaat of door je bestuurder. Nieuwe berichten komen hier niet meer binnen.
revoked-do = Was dit niet de bedoeling? Bel je bestuurder. Met een nieuwe uitnodiging kun je hier weer binnenkomen, nadat je deze browser hebt leeggemaakt.
forget-start = Deze browser leegmaken
forget-title = Deze browser leegmaken?
forget-what = De kluis van deze browser verdwijnt. Wat nog niet was verstuurd, is dan weg; al het andere staat er nog, bij je collega's en op de server.
forget-after = Daarna kom je weer binnen met een uitnodiging van een collega of met het herstelblad.
forget-word = leegmaken
forget-type = Typ { $word } om te bevestigen
forget-differs = Dat is niet het gevraagde woord.
forget-confirm = Leegmaken

## Fouten
err-invitation-over = Deze uitnodiging is verlopen of al gebruikt.
rec-invitation-over = Vraag om een nieuwe uitnodiging. Je wachtzin kies je daarna opnieuw.
err-words-differ = De woorden waren niet gelijk.
rec-words-differ = Er is niemand toegelaten. Maak een nieuwe uitnodiging.
err-not-director = Dit mag je niet beslissen.
rec-not-director = Vraag een bestuurder van de organisatie.
err-not-ready = De sleutels hiervoor zijn nog niet op dit apparaat.
rec-not-ready = Wacht tot alles is bijgewerkt en probeer het opnieuw.
err-against-rules = Dat mag niet volgens de regels voor mensen en teams.
rec-against-rules = Een team heeft altijd minstens één lid, en wie weg is kan niet terug onder hetzelfde apparaat.

## Afspraken over toegang
regulation-title = Afspraken over toegang
regulation-need = Je opent een dossier alleen als je werk erom vraagt.
regulation-own = Ken je de melder of de beschuldigde? Geef het dossier dan aan een collega.
regulation-passphrase = Je wachtzin is alleen van jou, en je laat je bureau niet open staan.
regulation-tell = Is een apparaat kwijt of vertrouw je iets niet? Zeg het meteen tegen je bestuurder.
regulation-seen = In elk dossier is te zien wie wat deed. Collega's met toegang kunnen dat lezen.
regulation-accept = Ik houd me hieraan, naar mijn werklijst

## Bestuurders
directors-are = Bestuurders: { $names }. Toelaten en wijzigen: { $add }. Laten gaan en intrekken: { $revoke }.
directors-one = één bestuurder tekent
directors-two = twee bestuurders tekenen
directors-change = Bestuurders kiezen
directors-change-of = Bestuurders kiezen van { $name }
naming-title = Bestuurders van { $name }
naming-what = Een bestuurder laat collega's toe en laat ze gaan, kiest rollen en teams, en legt afspraken over delen vast. Een bestuurder leest daarmee geen dossier. Dit vraagt het herstelblad van het centrum.
naming-who = Wie is bestuurder?
naming-two-add = Twee bestuurders tekenen om toe te laten of te wijzigen
naming-two-add-hint = Dan kan één bestuurder alleen niemand binnenlaten. Elke stap duurt langer: de tweede tekent apart.
naming-two-revoke = Twee bestuurders tekenen om te laten gaan of in te trekken
naming-two-revoke-hint = Let op: bij een gestolen laptop kost dat tijd. Ieder kan wel altijd een eigen apparaat intrekken.
naming-locked = Iemand met twee browsers telt als één. Tekenen er twee en valt er één weg, dan is dit herstelblad nodig om een ander te kiezen.
naming-confirm = Zo vastleggen
waiting-title = Wacht op een tweede bestuurder
waiting-intro = Dit geldt pas als een tweede bestuurder ook tekent. Stuur de code; er staat geen geheim in. Verandert er intussen iets in de ledenlijst, dan staat hier een nieuwe code.
waiting-copy = Code kopiëren
waiting-withdraw = Toch niet
signing-title = Meetekenen
signing-intro = Vraagt een andere bestuurder om je handtekening? Plak hier de code. Je ziet eerst wat er gebeurt.
signing-code = Code van de andere bestuurder
signing-read = Laat zien wat het is
signing-says = Dit gebeurt er als je tekent:
signing-sign = Teken mee
decides-person = { $name } wordt toegelaten. Rollen: { $roles }.
decides-roles = { $name } krijgt deze rollen: { $roles }.
decides-leaves = { $name } gaat weg en verliest alle toegang.
decides-device = Een nieuw apparaat van { $name } wordt toegelaten.
decides-revoked = Een apparaat van { $name } verliest zijn toegang.
decides-team = In het team { $team } zitten dan: { $people }.
decides-agreement = Er wordt een afspraak over delen vastgelegd met { $name }.
decides-other = Een wijziging die deze versie niet in woorden kan zeggen. Teken alleen als je zeker weet wat het is.
err-last-witness = Dit apparaat is het enige dat instaat voor wat melders te zien krijgen.
rec-last-witness = Typ het herstelblad over, dan neemt deze browser dat over. Of doe het op een andere browser.
last-witness-hint = Dan staat deze browser in voor wat melders te zien krijgen. Zo blijft je meldpunt bereikbaar.
err-outdated = Deze code geldt niet of niet meer.
rec-outdated = Vraag de andere bestuurder om de code die daar nu staat.

## Vertrouwenspersoon
adviser-hint = Een vertrouwenspersoon hoort hoe het met een zaak staat, en leest geen dossiers. Daarom zit die in geen enkel team. Vertel de stand zelf.
adviser-work = Als vertrouwenspersoon lees je geen dossiers. Een casemanager vertelt je hoe het met een zaak staat.
err-status-only = Een vertrouwenspersoon leest geen dossiers en zit dus in geen team.
rec-status-only = Haal eerst de rol van vertrouwenspersoon weg, of haal de persoon eerst uit alle teams.

## De code terug
enter-answer = Staat je collega naast je?
enter-answer-what = Laat dan deze afbeelding lezen, of laat de code overtypen. Dan hoeft niemand de woorden te vergelijken.
enter-answer-picture = QR-code van dit apparaat. Dezelfde code staat eronder als tekst.
admit-beside = Staat het andere apparaat naast je?
admit-beside-what = Open daar Staat je collega naast je? en lees die afbeelding, of typ de code over. Dat is genoeg. Krijg je de code via chat of mail, vergelijk dan toch de woorden.
admit-answer = Code van het andere apparaat
admit-by-code = De code klopt, laat toe
