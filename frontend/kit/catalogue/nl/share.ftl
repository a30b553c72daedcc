### Delen: wie een dossier kan lezen en wat er verandert als dat anders wordt.

part-share = Delen

## Wie heeft toegang
who-title = Wie heeft toegang
who-hint = Alleen wie hier staat, kan dit dossier lezen. De server kan niets lezen.
who-you = jij
outside = andere organisatie
team-of = team, { $organisation }
since = Sinds { $date }
given-by = gegeven door { $name }
until = tot en met { $date }
sheet = Herstelblad
standing-offered = nog geen antwoord
standing-refused = niet aangenomen
standing-refused-why = Niet aangenomen: { $reason }
standing-sending = wordt verstuurd
pending = Je wijziging is bewaard en wordt verstuurd. Valt de verbinding weg, dan gaat het later vanzelf verder.
change = Andere toegang
take-back = Toegang intrekken
for-whom = { $action } voor { $name }
may-not = Jij bepaalt niet wie toegang heeft tot dit dossier. Vraag het aan { $names }.
may-not-nobody = Jij bepaalt niet wie toegang heeft tot dit dossier. Vraag het aan een bestuurder.
all-access = Bekijk wie wat kan lezen, over alle dossiers

## Delen met
give-title = Delen met iemand
find = Zoek een team of collega
find-hint = Eerst je eigen organisatie, daarna de andere.
found-none = Niemand gevonden. Kijk of de naam klopt.
found-more = { $count ->
    [one] En nog 1. Typ een naam om te zoeken.
   *[other] En nog { $count }. Typ een naam om te zoeken.
}
not-ready = Kan nog niet: er is nog geen sleutel. Die komt er als iemand daar het bureau opent.
whom = Met wie
choose-whom = Kies eerst met wie je wilt delen.
right = Wat mag diegene?
right-reader = Lezen
right-reader-hint = Alles lezen, ook wat eerder is geschreven. Niets veranderen.
right-writer = Lezen en schrijven
right-writer-hint = Ook notities maken en velden invullen.
right-steward = Ook bepalen wie toegang heeft
right-steward-hint = Lezen, schrijven, en zelf met anderen delen of toegang intrekken.
until-label = Tot en met
until-hint = Laat dit leeg als er geen einde is.
until-over = Kies een dag die nog niet voorbij is.
reason = Waarom deel je dit?
reason-hint = Wie je toegang geeft, leest dit. Iedereen in het dossier ook.
transfer = Ik draag het dossier over
transfer-hint = Nemen zij het aan, dan bepalen zij wie toegang heeft. Jullie kunnen blijven meelezen.
only-reading = Je mag dit dossier lezen, niet veranderen.
reply-elsewhere = Alleen het team waaraan de melder schreef, kan de melder antwoorden.
give = Delen
will-title = Dit gebeurt er
will-reader = { $name } kan dan alles lezen wat in dit dossier staat, ook wat eerder is geschreven.
will-change-nothing = Iets veranderen kan niet.
will-writer = { $name } kan dan alles lezen in dit dossier, ook wat eerder is geschreven, en schrijven: notities en velden.
will-steward = { $name } kan dan alles lezen en schrijven in dit dossier, ook wat eerder is geschreven, en bepaalt mee wie toegang heeft.
will-team = Dat geldt voor iedereen van dit team, ook wie er later bij komt.
will-until = De toegang stopt vanzelf na { $date }.
will-no-end = Dit blijft zo tot iemand de toegang intrekt.
will-outside = { $name } hoort bij een andere organisatie: { $organisation }.
will-transfer = Neemt { $name } het aan, dan is het dossier van hen.

## Bevestigen
plan-change = Andere toegang voor { $name }
plan-change-do = Toegang aanpassen
plan-higher = Dit geldt meteen als je wijziging verstuurd is.
plan-lower = Wat { $name } al gelezen heeft, blijft bekend. Het dossier krijgt nieuwe sleutels.
plan-take = De toegang van { $name } intrekken?
plan-take-1 = { $name } kan niets meer lezen wat hierna wordt geschreven. Het dossier krijgt meteen nieuwe sleutels.
plan-take-2 = Wat al gelezen is, blijft bekend: een kopie of aantekening kun je niet terughalen.
plan-renew = Sleutels vernieuwen
plan-renew-what = Dezelfde mensen houden toegang, met nieuwe sleutels. Doe dit als je denkt dat iemand heeft meegekeken.
recuse = Ik trek me terug
recuse-what = Ken je iemand in dit dossier, of zit het je te dicht op de huid? Trek je dan terug. Jouw toegang stopt meteen.
recuse-1 = Jij kunt dit dossier dan niet meer lezen of veranderen, ook niet via je team.
recuse-2 = Je collega's krijgen nieuwe sleutels en werken door. Terugdraaien kan alleen iemand die mag bepalen wie toegang heeft.
shut-out = Iemand buitensluiten
shut-out-what = Heeft een collega een belang bij dit dossier? Sluit die dan buiten, ook als het hele team toegang heeft.
shut-out-whom = Wie sluit je buiten?
shut-out-choose = Kies een collega
shut-out-1 = { $name } kan niets meer lezen wat hierna wordt geschreven, ook niet via een team. De anderen van het team houden toegang, ieder apart.
shut-out-2 = Wat al gelezen is, blijft bekend. { $name } ziet dat de toegang weg is.
type-name = Typ de naam { $name } om te bevestigen
type-number = Typ het nummer { $number } om te bevestigen
withdraw = Meer mogelijkheden

## Wat je kreeg
lost-title = Je hebt geen toegang meer tot dit dossier
lost-what = Iemand heeft je toegang ingetrokken. Wat je al had, kun je nog lezen. Wat daarna komt niet, en veranderen kan ook niet meer.
forget = Verwijder van dit apparaat
forget-what = Alles van dit dossier gaat van dit apparaat. Terughalen kan alleen als iemand het opnieuw met je deelt.
shared-title = Gedeeld met jou
offer-reader = { $name } deelt dit dossier met { $to }, om te lezen
offer-writer = { $name } deelt dit dossier met { $to }, om te lezen en te schrijven
offer-steward = { $name } deelt dit dossier met { $to }. Jullie bepalen mee wie toegang heeft
offer-transfer = { $name } draagt dit dossier over aan { $to }
offer-why = Waarom: { $reason }
accept = Aannemen
refuse = Niet aannemen
refuse-reason = Waarom neem je het niet aan?
refuse-reason-hint = { $name } leest dit.
refuse-gone = Het dossier gaat dan meteen van dit apparaat. { $name } krijgt daar geen bericht van.
refuse-do = Versturen
refuse-what = Je toegang stopt als { $name } dat verwerkt. Je ziet het dossier dan niet meer.
reaction-accepted = { $name } neemt het dossier aan
reaction-refused = { $name } neemt het dossier niet aan
reaction-title = Antwoord op wat je deelde
consent-row = De melder vindt het goed dat { $name } meeleest
consent-title = De melder geeft toestemming
consent-give = Deel met { $name }
consent-what = { $name } kan dan alles lezen in dit dossier en niets veranderen.
toast-saved = Bewaard. Het geldt zodra het verstuurd is.

## Kaart
map-title = Wie kan wat lezen
map-label = Kaart van dossier { $number }: { $words }. Dezelfde gegevens staan in de tabel hieronder.
map-counts = { $count ->
    [one] 1 persoon of team
   *[other] { $count } personen of teams
}
map-outside = { $count ->
    [0] niemand van buiten
    [one] 1 van een andere organisatie
   *[other] { $count } van een andere organisatie
}
who = Wie
may = Mag
own-organisation = eigen organisatie
line-reader = leest
line-writer = leest en schrijft
line-steward = bepaalt ook wie toegang heeft

## Alle dossiers
all-title = Wie kan wat lezen
all-intro = Dit telt je eigen apparaat, over de { $count } dossiers die je hier hebt. Kies een naam om te zien welke dossiers dat zijn.
all-loading = Toegang wordt geteld
all-reads = Leest
all-writes = Schrijft
all-decides = Bepaalt
all-shown = Dossiers van { $name }
all-none = { $name } kan geen van deze dossiers lezen.
all-person = persoon
all-team = team
back-to-dossiers = Alle dossiers

## Logboek
log-gave = Toegang gegeven: { $name } { $right }
log-changed = Toegang veranderd: { $name } { $right }
log-took = Toegang ingetrokken: { $name }
log-shut-out = { $name } is buitengesloten van dit dossier

## Wat niet ging
given-up = Je wijziging van de toegang ging niet door
given-up-right = Iemand anders was je voor: jij bepaalt niet meer wie toegang heeft.
given-up-rules = Volgens de regels van dit dossier mag het niet. Kijk wie er nu toegang heeft en probeer het opnieuw.
err-taken-back = Je toegang tot dit dossier is ingetrokken.
rec-taken-back = Kopieer wat je typte als je het nog nodig hebt. Vraag aan wie het deelde of het zo bedoeld is.
err-last-steward = Dan bepaalt niemand meer wie toegang heeft.
rec-last-steward = Laat eerst iemand anders ook bepalen wie toegang heeft.
err-no-party = Dit team of deze persoon is er niet meer.
rec-no-party = Kies iemand anders.
err-shut-out = In dit team zit iemand die is buitengesloten van dit dossier.
rec-shut-out = Deel het met de anderen, ieder apart.
err-directory-old = De ledenlijst is een week niet bevestigd. Buiten je organisatie delen kan nu niet.
err-directory-forked = De server toont twee verschillende ledenlijsten. Zolang dat niet is opgelost, kun je niemand toegang geven.
rec-directory-forked = Ga naar Werk: daar staat wat je nu doet. Wat je invulde, staat er nog.
rec-directory-old = Kijk of je verbinding hebt en wacht tot alles is bijgewerkt. Wat je invulde, staat er nog.
err-no-agreement = Met deze organisatie ligt nog geen afspraak over delen vast. Er is niets gedeeld.
rec-no-agreement = Laat een bestuurder de afspraak vastleggen. Wat je invulde, staat er nog.
err-not-of-team = Alleen het team waaraan de melder schreef, antwoordt de melder.
rec-not-of-team = Zet je tekst in een notitie. Dat team leest mee.
err-no-offer = Hier is al op geantwoord, of het is ingetrokken.
rec-no-offer = Je hoeft niets te doen.

## Afspraken tussen organisaties
agreed = Met { $organisation } ligt een afspraak over delen vast.
not-agreed = Met { $organisation } ligt nog geen afspraak over delen vast. Delen kan daarom nog niet.
not-agreed-file = Spreek af wat jullie delen en waarom, en vertel het aan de mensen om wie het gaat. Leg de afspraak en de privacyverklaring dan hier vast. Daarna kun je meteen delen.
not-agreed-ask = Vraag je bestuurder om die vast te leggen.
not-agreed-ask-whom = Vraag { $names } om die vast te leggen.
not-agreed-lead = Bekijk wat er nodig is
filing = De afspraak met { $organisation } wordt verstuurd. Daarna kun je delen.
given-unagreed = gegeven zonder vastgelegde afspraak
agreement = Naam van de afspraak
agreement-hint = Bijvoorbeeld: Samenwerking bond en centrum 2026
agreement-notice = Waar staat de privacyverklaring?
agreement-notice-hint = De naam, of de plek waar mensen kunnen lezen wat er met hun gegevens gebeurt
agreement-file = Leg de afspraak vast
