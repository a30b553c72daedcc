### Package: a dossier locked for another Sluis, and one that comes from there.

## Making
begin = Make a locked package
begin-hint = A file for another Sluis. Only those who know the eight words can open it.
what = The facts of the dossier go along, and the people with their number and role, without a name. Choose what else goes along. Your own notes never do.
conversation = The conversation with the reporter
conversation-hint = The reporter can be answered here only; the receiver reads the conversation as text.
notes = The notes of the team
notes-hint = Read them first: something in them may be for you only.
contacts = Names and contact details of people
contacts-hint = Only if the receiver really needs them. What goes along is not destroyed there when you close this dossier.
reason = Why do the contact details have to go along?
reason-hint = This is kept, signed, in the log that you can save.
files = Files do not go along. Save them and hand them over separately.
make = Make the package
made = The package is made
words-what = The file is among your downloads. These are the eight words. Write them down: you see them only now, and nobody can bring them back.
words-apart = Give the words by another way than the file, for instance by telephone.
done = I have the words
file-name = package

## Opening
take-title = From a package of another Sluis
take-what = Choose the file and type the eight words that belong to it. You first see what is in it.
choose = Choose a file
none-chosen = No file chosen yet
words = The eight words
words-hint = Capitals and commas do not matter.
open = Look what is in it
inside = This is in the package. Nothing has been saved yet.
from = From
made-on = Made on
number = Number there
opened = Opened there on
story = Begins with
holds = Messages and notes
entries = { $count ->
    [0] none
    [one] 1 message, reply or note
   *[other] { $count } messages, replies and notes
}
people = { $count ->
    [0] nobody
    [one] 1 person
   *[other] { $count } people
}
with-contacts = { $count ->
    [0] without contact details
    [one] of 1 with contact details
   *[other] of { $count } with contact details
}
unproved = Who wrote this stands beside it as text. Sluis cannot check whether that is right. The new dossier is in your name.
take = Make a dossier of it
drop = Do not take it in
head-message = From a package. Message of the reporter, { $when }:
head-reply = From a package. Reply to the reporter by { $name }, { $when }:
head-note = From a package. Note of { $name }, { $when }:

## Log
log-made = Locked package made, without contact details
log-made-contacts = Locked package made, with contact details
log-taken = Taken in from a package of { $name }, where this dossier was called { $number }

## Errors
err-words = These are not the eight words of a package.
rec-words = Check that you have all eight, in the right order and without a typing error. The file is remembered.
err-not-whole = This file is no package, or not the whole one.
rec-not-whole = Choose the file that ends in .sluis, or have it sent again. Nothing was saved.
err-newer = This package was made with a newer version of Sluis.
rec-newer = Ask whoever runs your server for a new version. Nothing was saved.
err-too-large = This is too large for a package.
rec-too-large = A package is at most 64 MB. Choose less, or another file.
err-shut = These words do not open this package.
rec-shut = They belong to another package, or the file was changed on its way. Ask the sender. Nothing was saved.
err-strange = There is something in this package that does not belong there.
rec-strange = Do not take it in. Ask the sender for a new package, by another way. Nothing was saved.
