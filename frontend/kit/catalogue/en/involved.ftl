### People involved: who appears in a dossier, how to reach them, and that this goes away again.

part-people = People

## The list
title = People involved
hint = Do not write names in the text, but @p1, @p2. Names and contact details stand here only. They are destroyed when you close the dossier.
empty = Add who is involved. Fill in only what you need to reach somebody.
add = Add somebody
person = person { $number }
person-role = person { $number } ({ $role })
renumbered = Note: a colleague gave the same number at the same time. Check that the text points to the right person.
minor-yes = under 18
minor-no = 18 or older
change = Change
remove = Take off the list
erase = Destroy contact details
pin = Keep on this device for a day
pinned = Kept on this device until { $date }, also without a connection.
contact-none = No contact details.
contact-saving = Being saved. Keep this page open until it is done.
contact-shut = Cannot be read on this device yet. If you were let in just now, this comes by itself as soon as a colleague opens the dossier.
contact-reader = Only those who may write see contact details.
contact-erasing = Being destroyed.
contact-erased = Destroyed on { $date } by { $name }.
contact-respondent = Of an accused person we keep no name and no contact details.

role-reporter = reporter
role-complainant = complainant
role-affected = affected person
role-respondent = accused
role-witness = witness
role-expert = expert
role-counsel = lawyer
role-confidant = person of trust
role-representative = representative
role-official = official

## The form
form-new = Add somebody
form-change = Change person { $number }
role = Role
capacity = Position in the sport
capacity-hint = For instance trainer, player or parent. No name: this stays after closing.
minor = Age
minor-unknown = unknown
born = Or fill in the date of birth
born-hint = We keep only whether somebody is under 18. Not the date itself.
contact-title = How to reach this person
contact-hint = Fill in as little as you can. This is destroyed when you close the dossier.
name = Name
phone = Telephone number
email = E-mail address
address = Address
save = Save
saved = Saved.

## Confirming
plan-remove = Take person { $number } off the list?
plan-remove-what = The log keeps that this person was on it. The number is not used again.
plan-remove-do = Take off the list
plan-erase = Destroy the contact details of person { $number }?
plan-erase-what = Name, telephone number and address go, on the server and on all devices. This cannot be undone.
plan-erase-do = Destroy
type-to-confirm = Type { $what } to confirm

## Everything about somebody
about = Everything about this person
about-title = What this dossier says of person { $number }
about-hint = For a request of access. Read it before you hand it over: it may say something of others too, and a name that somebody typed without @p is not in it.
about-text = In the text
about-none = The text does not mention this person.
about-back = Back to the list
paper-people = Names and contact details are not on paper. Whoever needs them prints them for one person at a time.
about-print = Print

## Pointing to somebody in the text
insert = Point to:

## Closing
close = Close the dossier
close-title = Close the dossier
close-what = Names and contact details are destroyed. The text and the figures stay. So first look whether there are still names in the text.
close-own = Notes that somebody made for themselves alone are seen by nobody else. At closing the device of their author takes out the names and numbers that it knows at that moment. Ask colleagues to look through their own notes first.
close-settle = Settle this first
close-conflict = { $field } has two values. Choose one.
close-unanswered = There is a message of the reporter that was not answered yet.
close-unanswered-ok = This message needs no answer
sweep = Look for names, numbers and addresses in the text
sweep-again = Look again
sweep-none = Nothing found. Read the text yourself too: we do not find a nickname or a place.
sweep-found = This is what we found in the text
sweep-shut = Some contact details cannot be read here. We cannot look for those names.
found-in = In { $where }: { $words }
found-note = a note or message
found-instead = It then reads: { $text }
redact = Take out
redact-all = Take all out
redact-keeps = The log keeps that something was taken out, and still holds.
close-files = Files
close-files-what = Decide for each file whether it may stay. A photo, recording or document can hold a name or a face, and the name of a file stays too. Nobody can open what you delete; the server erases it after 7 days.
close-files-keep = A photo, recording or document can hold a name or a face. Only whoever decides about access can delete. Choose what may stay, or ask a colleague to take something away first.
close-file-keep = May stay
close-file-remove = Delete
close-files-why = Deleted when the dossier was closed
reason = Reason
reason-settled = Dealt with
reason-referred = Referred
reason-withdrawn = The reporter wants to stop
reason-silent = The reporter does not answer any more
reason-out-of-scope = Does not belong here
reason-duplicate = Same as another dossier
outcome = What came of it?
outcome-hint = Short, and without names: this stays.
close-do = Close and destroy
close-pending = The dossier is being closed. The contact details are being destroyed now.
close-wait = If the connection fails, it goes on by itself later.

## Proof
proof-title = Proof of destruction
proof-closed = Closed on { $date } by { $name }. Reason: { $reason }.
proof-devices = { $done } of { $devices } devices have said that they hold nothing any more.
proof-none = There were no contact details to destroy.
proof-person = Person { $number }: destroyed on the server in the hour of { $date }. Mark { $mark }.
proof-holds = signature of the server holds
proof-fails = signature of the server does not hold
proof-what = What somebody wrote down or copied before is not covered by this.
proof-after = Even with an old copy of the server nobody can open these details any more once every device has renewed its key of the month: by { $date } at the latest, if the device has been used by then.
proof-print = Print

## Log
log-added = Person { $number } added
log-changed = Person { $number } changed
log-removed = Person { $number } taken off the list
log-sealed = Contact details of person { $number } saved
log-erased = Contact details of person { $number } destroyed
log-closed = Dossier closed
log-shredded = A device says that it holds no contact details any more
log-redacted = Words taken out

## Warnings and faults
alarm-withheld = The server does not show contact details that should be there.
alarm-rolled-back = The server shows older contact details than were saved.
alarm-wrong = Contact details, or the proof that they were destroyed, do not hold.
alarm-works = The text of the dossier goes on working.
alarm-do = Do not use these contact details. Tell your director and call the operator of the server.
err-respondent = Of an accused person we keep no name and no contact details.
rec-respondent = Leave those fields empty. You may fill in role and position.
err-contact-gone = The contact details of this person were destroyed.
rec-contact-gone = They do not come back. Add this person again if you have to.
err-contact-left = There are contact details left.
rec-contact-left = Destroy them first under People, or close the dossier there.
err-disputed = A field has two values.
rec-disputed = Choose first which one holds.
err-no-person = This person is not on the list any more.
rec-no-person = See whether a colleague changed something.
err-closed = The dossier is closed.
rec-closed = Choose another status to open it again.

## Retention
ends-title = Retention period ends
ends-on = Open up to and including { $day }
ends-over = Should have been closed on { $day }
ends-what = This dossier may stay open up to and including { $day }: { $months } months after something last happened in it. A new message moves that day. Nothing is destroyed by itself: from 30 days before, Work reminds you, and you close it or go on.
