### Bestanden en spraakberichten op de pagina van de melder. De pagina haalt deze woorden pas op als iemand iets wil meesturen.

attach-title = Foto, bestand of spraakbericht
attach-hint = Tot 25 MB. Alles gaat op slot voordat het je toestel verlaat.
attach-choose = Kies een foto of bestand
attach-record = Spreek iets in
attach-close = Sluit
attach-busy = Even kijken…
attach-recording = Opname loopt. Praat rustig.
attach-record-stop = Stop de opname
attach-photo-warn = Plaats en toestel hebben we uit de foto gehaald. Kijk zelf: zie je een gezicht, naam, rugnummer of plek die je niet wilt delen?
attach-voice-warn = Iemand die je kent, kan je stem herkennen. Ook geluid om je heen kan iets verraden. Wil je dat niet? Typ dan liever.
attach-file-warn = In een document of film kan staan wie het maakte, waar en wanneer. Dat kunnen we er niet uit halen.
attach-send = Verstuur
attach-not = Verstuur niet
attach-locking = Gaat op slot
attach-working = Even rekenen, dat houdt misbruik tegen
attach-sending = Wordt verstuurd
attach-waiting = Geen verbinding. Het gaat vanzelf verder als die er weer is.
attach-stop = Stop
attach-done = Verstuurd. Je ziet het hierboven staan.
attach-voice-name = Spraakbericht
attach-err-large = Dit is te groot. Het mag 25 MB zijn.
attach-err-empty = Dit bestand is leeg.
attach-err-microphone = De microfoon doet het niet, of mag niet gebruikt worden. Je kunt wel typen.
attach-err-failed = Dit ging mis. Er is niets verstuurd. Probeer het opnieuw.
