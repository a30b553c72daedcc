### Figures: what stays of a closed dossier without names, and the overview of it.

link = Figures of closed dossiers
log-kept = Anonymous row for the figures made

## When closing
closing-title = This stays for the figures
closing-what = One anonymous row stays of this dossier: what stands below, and nothing else. No name of anybody, no text, no number, no day. The row goes to the centre encrypted, at a random moment within a day. Nothing there says which dossier or whom it comes from.
closing-done = No row is added for this dossier. One was made when it was closed before; a dossier counts once.
closing-empty = Not filled in: { $names }.
closing-wait = The row is being made.

## What a row says
groups = Groups at more risk
people = People involved
incident = Dossiers about this incident
opened = Opened
closed = Closed
open = How long open
few = too few to name
unknown = not filled in
merged = other
quarter = quarter { $number } of { $year }
band-one = 1
band-some = 2 to 4
band-many = 5 or more
span-week = at most a week
span-month = at most a month
span-quarter = at most three months
span-half-year = at most half a year
span-year = at most a year
span-longer = more than a year

## The overview
title = Figures
intro = One anonymous row stays of every dossier that is closed. Here they stand together. Numbers go in steps of five, so that two periods side by side do not show what one dossier was.
loading = The figures are being read
empty-title = No figures yet
empty = A row arrives here within a day after somebody closed a dossier.
shut = You cannot see these figures.
shut-now = They are for directors, coordinators and board readers in the team of the centre. Ask a director of the centre.
from = Closed from
to = Closed up to and including
table = How often each category occurs
reports = Reports
advice = Advice
fewer-than-five = 1 to 4
at-least = { $number } or more
save = Save as CSV
save-what = For a spreadsheet. Where a federation has fewer than five incidents in a category, or is not named, the rows stand under “other”, with the kind and the year only.
left-out = Fewer than five rows are not in it: they stand out too much.
strange = { $count ->
    [one] 1 row cannot be read and does not count: of a newer version, damaged, or not made by staff.
   *[other] { $count } rows cannot be read and do not count: of a newer version, damaged, or not made by staff.
}
file-name = figures
