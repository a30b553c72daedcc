### De pagina van de melder. Ook iemand die bang is of haast heeft, moet dit in één keer begrijpen.
### Versie voor kinderen: reporter-child.ftl (zelfde namen; wat daar niet staat, komt hiervandaan).

page-title = Bericht schrijven
leave-quickly = Snel weg
leave-quickly-hint = Of druk drie keer op Escape.
