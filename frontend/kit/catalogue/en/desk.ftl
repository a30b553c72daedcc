### The desk: where case managers work.

page-title = Sluis
