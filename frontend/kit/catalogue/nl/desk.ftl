### Het bureau: waar casemanagers werken.

page-title = Sluis
