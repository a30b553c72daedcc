### Extracts for advisers: a second dossier without names, until a day. Their opinions come back.

part = Extract
advice-title = Advice of a group
advice-hint = With an extract you ask others for advice without their seeing the dossier: you choose what is in it, take names out and decide until when.
begin = Make an extract
is-until = can be read up to { $date }
was-until = could be read up to { $date }
open-extract = Open the extract
no-opinion = There is no opinion yet.
opinions-title = Opinions

## What the adviser reads
extract-title = Extract
extract-what = This is an extract of a dossier, without names. You cannot see the dossier itself.
extract-until = You can read it up to { $date }. After that it leaves your device by itself. Your opinion goes back to whoever asked for it.
opinion = Your opinion
opinion-hint = Everybody who reads this extract sees your opinion. Use no names.
give-opinion = Give your opinion
of-note = Note
of-message = Message of the reporter
of-reply = Reply to the reporter

## The form
form-title = Make an extract
form-what = Only what you choose here goes along, word for word as it stands here. You can change everything first. Nothing changes in the dossier itself.
pieces-title = 1. What goes along?
pieces-hint = Choose as little as possible.
pieces-none = There is no text in this dossier yet.
pieces-lack = Choose what goes along.
piece-words = This is how it goes along: { $part }
names-title = 2. Take names out
name = A name that must not go along
name-hint = A place, club or team can give somebody away too.
person = person
replace = Replace in all texts
found-none = This name is nowhere.
found = { $count ->
    [one] Replaced once.
   *[other] Replaced { $count } times.
}
traces = There is still something in the text that looks like an e-mail address or telephone number.
traces-do = Take it out, or be sure that it gives nobody away.
whom-title = 3. Whom do you ask, and what?
whom = Find a team or person
whom-hint = Choose one or more. They can read and write an opinion.
whom-lacks = Choose whom you ask for advice.
until = Can be read up to
until-hint = After that their access ends by itself.
until-lacks = Choose a day that is not over yet.
question = What is the question?
question-hint = What do you want to know from them? Here too: no names.
question-lacks = Write down what you want to know.
last-title = 4. This goes along
last-what = Read it through. They get to see no more than this.
make = Make and share
toast-made = The extract is made. The advisers can read it as soon as it is sent.

## Log
log-made = Made as an extract
log-opinion = Opinion given
log-asked = Advice asked with an extract
log-returned = Opinion came back
