### Nieuwe gesprekken waarover iemand moet beslissen: meer in een uur dan er vanzelf een dossier worden.

title = Ongesorteerd
what = Er kwamen meer dan 20 nieuwe gesprekken binnen in één uur. De eerste 20 werden vanzelf een dossier. Over de rest beslis jij of een collega. Niets gaat verloren: een bericht wacht hier 90 dagen. Wie al een dossier heeft, komt gewoon door.
came = kwam { $when }
messages = { $count ->
    [one] 1 bericht
   *[other] { $count } berichten
}
no-text = Zonder tekst
busy = Uit de drukke rij
busy-what = De gewone rij op de server was vol: er wachtten 2.000 berichten. Wie toen schreef, moest langer wachten tot het bericht verstuurd was.
make = Maak een dossier
set-aside = Leg apart
back = Leg terug
more = { $count ->
    [one] Nog 1 ander. Die verschijnt als je over deze hebt beslist.
   *[other] Nog { $count } andere. Die verschijnen als je over deze hebt beslist.
}
asides = { $count ->
    [one] Apart gelegd: 1
   *[other] Apart gelegd: { $count }
}
asides-what = Alleen jij hebt deze apart gelegd. Je collega's zien ze nog bij Ongesorteerd.
remove = Verwijder
remove-what = Dit gesprek verdwijnt van de server, ook voor je collega's. Je kunt het niet terughalen, en de melder krijgt geen antwoord.
remove-do = Ja, verwijder het
