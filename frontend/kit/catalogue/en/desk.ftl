### The desk: where case managers work.

page-title = Sluis

## At the top
nav-work = Work
nav-dossiers = Dossiers
nav-new = New dossier
nav-settings = Settings
lock-now = Lock
lock-keys = Ctrl+Shift+L
newer-version = There is a new version of Sluis. It comes the next time you open the desk.
newer-take = Lock and reload
locks-soon = Your desk will lock within a minute. What you type is kept.
switch-person = Continue as
link-unknown = Looking for a connection
link-synced = Everything up to date
link-syncing = { $count ->
    [0] Updating
    [one] Sending 1 change
   *[other] Sending { $count } changes
}
link-offline = { $count ->
    [0] No connection
    [one] No connection, 1 change waiting
   *[other] No connection, { $count } changes waiting
}
link-retry = Try now
reading-vault = Opening your dossiers

## Before the door
starting = The desk is starting
locking = The desk is locking. What you typed is being kept.
broken-title = The desk does not respond
broken-what = A part of this page has stopped. What was saved is still there.
broken-do = Start again. If that does not work, close this tab and open the desk again.
start-again = Start again
no-vault-title = This browser has no access yet
no-vault-what = Sluis has been set up here, but this browser has no vault. Without a vault nobody can read dossiers, not even whoever runs the server.
other-tab-title = Your desk is already open
other-tab-what = Another tab of this browser uses your vault. Two at once is not possible: changes would get in each other's way.
other-tab-do = Go on in that tab, or close it and try again here.
unreachable-title = The server cannot be reached
unreachable-what = This browser has no vault yet, and without a connection we cannot make one.
unreachable-do = Check your internet connection and try again.
failed-title = The desk could not start

## Unlock
unlock-title = Open your vault
unlock-intro = Your dossiers are stored encrypted on this device. Only your passphrase opens them.
passphrase = Passphrase
passphrase-show = Show passphrase
passphrase-hide = Hide passphrase
unlock = Open
unlocking = Your vault is opening
forgot-title = Forgotten your passphrase?
forgot-what = Nobody can look up your passphrase. A colleague can let you in again, or you use the recovery sheet together.
stage-stretching = Checking the passphrase
stage-making-keys = Making keys
stage-reading = Reading your data
stage-syncing = Talking to the server

## Demonstration
demo-title = Choose who you are
demo-intro = This is a demonstration with made-up people and dossiers. Feel free to try everything. You can switch at any time, at the top right.
demo-entering = You are coming in
role-coordinator = Coordinator

## Set-up
setup-step = Step { $step } of { $count }
setup-steps = Steps
setup-server-title = Set up Sluis
setup-server-intro = You are starting a new reporting line. It takes about five minutes. Have a printer, or pen and paper, at hand.
setup-code = Code of the server
setup-code-hint = This code is in the window in which the server was started. You can use it once.
setup-organisation = Name of the organisation
setup-organisation-hint = For instance: Centre for Safe Sport
setup-line = Name of the line
setup-line-hint = This is how reporters see where their message goes. For instance: Line of the centre
setup-you-title = Who are you?
setup-you-intro = You become director and case manager. Later you let colleagues in and divide the work.
setup-person = Your name
setup-person-hint = Your colleagues see this name with what you do. Reporters only see your role.
setup-passphrase-title = Your passphrase
setup-passphrase-intro = With your passphrase you open your vault on this device every day. Nobody else knows it, not even the server.
setup-passphrase-way = Which passphrase do you take?
setup-generated = Six words by Sluis
setup-generated-hint = Safe and easy to remember.
setup-own = A passphrase of your own
setup-own-hint = A long sentence that nobody can guess.
setup-words-title = Your six words
setup-words-hint = Make up a little story with them, or write them down and keep the paper safe.
setup-other-words = Other words
setup-own-passphrase = Your own passphrase
setup-strong = Strong enough
setup-weak = Still too easy to guess
setup-again = Type your passphrase once again
setup-make = Make my keys
setup-working-title = Your keys are being made
setup-working-intro = This happens on this device. The server does not get your keys. Keep this page open.
setup-no-return = It cannot be stopped any more. Just a moment.
setup-failed-title = Set-up did not succeed yet
setup-failed-kept = Everything you filled in is still there.
setup-sheet-title = Print your recovery sheet
setup-sheet-intro = This sheet is the only way back when all devices are lost. Print it or copy it by hand. Sluis shows it only once.
setup-sheet-print = Print the recovery sheet
setup-sheet-next = I have the sheet
sheet-title = Recovery sheet of Sluis
sheet-organisation = Organisation
sheet-date = Made on
sheet-control-code = Control code
sheet-what = With these 24 words the organisation can get back to its dossiers when all devices are lost. Whoever has these words can do so too.
sheet-keep = Keep this sheet in a safe or a sealed envelope. Take no photo and type the words nowhere but in Sluis.
sheet-check = Compare the control code with the one on your screen, under Settings.
sheet-words = The words, in this order
rehearsal-title = Check your recovery sheet
rehearsal-intro = Take your sheet and type the words that are asked. Then we know for sure that it is right.
rehearsal-word = Word { NUMBER($number) }
rehearsal-check = Check
rehearsal-back = Show the sheet again
rehearsal-mistaken = That is not right yet.
rehearsal-mistaken-do = Check that you have the right numbers and that no letter is missing.
setup-done-title = Your reporting line is ready
setup-done-intro = Reporters can now write to you. What comes next:
setup-done-sheet = Put the recovery sheet in a safe place.
setup-done-try = Write a trial report yourself on the page for reporters. You will then see it in your work list.
setup-done-reporter = Open the page for reporters
setup-done-new-window = opens in a new window
problem-empty = Fill this in to go on.
problem-too-long = This is too long. Make it shorter.
problem-weak = This passphrase is too easy to guess. Take a longer sentence, or the six words.
problem-differs = This is not the same passphrase. Look closely and type it again.
problem-wrong-code = The server does not know this code, or it has been used. Look in the window of the server.

## Work list
work-title = Work
work-hello = Hello { $name }
work-alarmed = Something is wrong
work-new = New reports
work-unread = New messages
work-due = Waiting for your answer
work-mine = In your hands
row-alarmed = Something is wrong here
row-new = New report
row-new-advice = New question for advice
row-unread = { $count ->
    [one] 1 new message
   *[other] { $count } new messages
}
row-due = The reporter waits for an answer
row-mine = In progress
since = since { $when }
last-activity-on = last active { $when }
act-look = Look
act-read = Read
act-answer = Answer
act-go-on = Go on
work-empty-title = You are up to date
work-empty = Here comes what waits for you: new reports, new messages, and answers that you still have to give.
work-first-title = There are no dossiers yet
work-first = When a reporter writes a message, a dossier appears here by itself. Did you get a phone call or an e-mail? Then make a dossier yourself.
work-more = { $count ->
    [one] 1 more. See all under Dossiers
   *[other] { $count } more. See all under Dossiers
}
work-warnings = Points of attention

## Dossiers
dossiers-title = Dossiers
number = Number
handler = Handler
handler-you = { $name } (you)
handler-nobody = Nobody yet
last-activity = Last active
search-dossiers = Search dossiers
search-hint = Number, federation, handler, or a word from the story, conversation or notes
group = Show
group-open = Open
group-mine = Mine
group-unassigned = Without handler
group-over = Closed
group-all = All
filter-any = All
more-filters = More filters
sort-on = Sort by
search-guessed = { $words } is found nowhere. You see dossiers with a word that looks like it.
saved-filters = Saved filters
filter-name = Name to save these filters
filter-save = Save filters
filter-forget = Remove { $name }
clear-filters = Clear filters
dossiers-found = { $count ->
    [0] No dossiers found
    [one] 1 dossier
   *[other] { $count } dossiers
}
dossiers-none-title = Nothing found
dossiers-none = No dossier fits your search. Make your search word shorter or clear the filters.
open-dossier = Open dossier { $number }
unread-mark = { $count ->
    [one] 1 unread
   *[other] { $count } unread
}
pending-mark = still being sent
keys-hint = Choose a row with the up and down arrows, open the dossier with Enter.

## New dossier
new-title = New dossier
new-intro = After a phone call, an e-mail or a talk. One text is enough; the rest can come later.
new-origin = How did it come in?
new-kind = What is it?
origin = Came in by
origin-chat = Chat
origin-phone = Phone
origin-email = E-mail
origin-in-person = In person
first-story = First story
first-story-hint = In the words of the reporter.
happened = What happened?
happened-hint = Facts: who, what, where and when. Only give names if you must.
asked = What is asked?
asked-hint = What does the reporter want to happen?
new-more = Classification
new-save = Make dossier
new-save-keys = Ctrl+Enter
new-lock-note = If your desk locks before you are done, we keep what you typed as a dossier.
subcategory-none = Not chosen yet
level-none = Not known yet

## Dossier
dossier-title = Dossier { $number }
dossier-loading = Opening the dossier
dossier-failed-title = This dossier cannot be opened
back-to-dossiers = All dossiers
parts = Parts of the dossier
part-conversation = Conversation
part-story = Story
part-notes = Notes
part-log = Log
save-saved = Saved and sent
save-saving = Saving
save-sending = Saved, being sent
save-waiting = Saved, waiting for connection
save-failed = Not everything is saved
undo-field = Undo: { $field }
conflict-title = Changed at the same time: { $field }. Choose which one stays.
conflict-hint = Until somebody chooses, both are here. The last one counts.
conflict-choose = Choose this one
conflict-empty = Empty
access-title = Who can read this
access-count = { $count ->
    [one] 1 person or team can read this
   *[other] { $count } people or teams can read this
}
access-only = Only those listed here can open this dossier. The server cannot read anything.
access-team = team
right-reader = may read
right-writer = may read and write
right-steward = may read and write, and decides who has access
not-handled = No handler yet
take-it = I will take it
conversation-title = Conversation with the reporter
conversation-empty = There are no messages yet.
conversation-none = This dossier was made by hand. The reporter has no chat, so you cannot answer here.
conversation-closed = You cannot answer in this dossier any more.
reporter-stopped = The reporter wants to stop. Only send a message if it is really needed.
consent-yes = The reporter agrees that the federation reads this.
consent-no = The reporter does not want the federation to read this.
consent-unknown = The reporter has not said yet whether the federation may read this.
reply = Your answer
reply-hint = The reporter reads this without your name. Your text is kept while you type.
send-reply = Send answer
note = Note
note-hint = Only for those who may read this dossier. The reporter does not see this.
add-note = Add note
notes-empty-title = No notes yet
notes-empty = Write down what your colleagues should know: phone calls, appointments, thoughts.
draft-kept = Draft kept
draft-saving = Keeping draft
story-title = Story
classification-title = Classification
story-hint = What you type is saved by itself.
save-log = Save the log
save-log-hint = Whoever has the file can read this dossier. With sluis-verify it can be checked that nothing was changed.
log-title = Who did what
log-intro = From new to old. For each line this device has checked who wrote it.
log-verified = Checked
log-unverified = Cannot be checked
log-unknown-author = Unknown device
log-opened = Dossier opened
log-imported = Message of the reporter taken in
log-reply = Answer sent
log-field = { $field } changed
log-note = Note added
log-looked = Dossier read
log-keys = Keys renewed
log-access = Access changed
log-unknown = Something that this version does not know (kind { $number })
log-empty = Nothing has happened yet.

## Settings
settings-title = Settings
settings-you = You
settings-name = Name
settings-roles = Roles
settings-organisation = Organisation
settings-lines = Lines
settings-lines-none = No lines yet
settings-colleagues = Colleagues
settings-colleagues-none = No colleagues yet
settings-security = Security
settings-control-code = Control code
settings-control-code-hint = Read this code out to a colleague. If they see the same one, you work in the same organisation.
settings-lock = Locks by itself
settings-lock-minutes = { $count ->
    [one] After 1 minute without a key or a pointer
   *[other] After { $count } minutes without a key or a pointer
}
settings-warnings = Points of attention
settings-warnings-none = There are no points of attention.
settings-display = Display

## Points of attention
warn-one-root-key = The main key is on one whole sheet of paper.
warn-do-one-root-key = Split the sheet in three, at People under Recovery sheets. Then nobody can do anything with it alone.
warn-sheet-used = Your recovery sheet was used: its words have been typed.
warn-do-sheet-used = Replace the sheet, at People under Recovery sheets.
warn-one-witness = There is one witness that watches the list of members.
warn-do-one-witness = Let more colleagues in; their devices will watch as well.
warn-genesis = The address of your reporting line is not fixed on the website yet.
warn-do-genesis = Ask whoever runs the server to put the file site.json beside the website.
warn-snapshot-old = { $days ->
    [one] The list of members has not been confirmed for 1 day.
   *[other] The list of members has not been confirmed for { $days } days.
}
warn-do-snapshot-old = Open the desk with a connection. It then happens by itself.
warn-clock = The clock of this device is more than a day off from the server's.
warn-do-clock = Check the date and time of this device.
warn-works-genesis = Your desk works as usual. Reporters on another computer cannot send anything yet.
warn-works-snapshot-old = Reading, writing and reporting work as usual. After 7 days you can no longer share outside your organisation.
warn-works-clock = Reading and writing work. Dates may be wrong, and what expires may do so too early or too late.

## Alarms: what there is, what still works, what you do now
alarm-directory-fork = The server shows two different lists of members. Somebody may be trying to mislead us.
alarm-directory-rolled-back = The server shows an older list of members than the one we knew.
alarm-directory-refused = The list of members holds something that the rules do not allow. We do not use it.
alarm-statement-refused = The server gave a key of a team that is not right. We do not use it.
alarm-keys-withheld = The server keeps back a key of a team from us.
alarm-server-rolled-back = The server shows an older state than the one we knew.
alarm-answer-damaged = The server gave an answer that cannot be read. We do not use it.
alarm-team-key-wrong = Your part of a team key is missing or not right.
alarm-control-fork = There are two different lists of who has access to this dossier.
alarm-control-rolled-back = The server shows an older list of who has access to this dossier than the one we knew.
alarm-control-refused = Somebody tried to change the access to this dossier without being allowed to. We do not take part in it.
alarm-wrong-wrap = The key that you got for this dossier does not fit.
alarm-event-missing = Something is missing in this dossier that other entries build on.
alarm-own-event-gone = Something that you sent is no longer on the server.
alarm-event-refused = An entry of this dossier is damaged or forged. We do not show it.
alarm-equivocation = One device wrote two different things under the same number. It may have been copied.
alarm-events-rolled-back = The server shows less of this dossier than before.
alarm-intake-damaged = A message of a reporter was damaged on the way.
alarm-board-taken = An answer of yours could not be put in place: something else lies there.
alarm-vault-rolled-back = The storage of this browser was put back to an older moment.
alarm-vault-damaged = A part of the storage of this browser is damaged.
alarm-works-read-only = You can read what was already here. Writing and sharing are off until this is solved.
alarm-works-no-sharing = You can read and write in your dossiers as usual. Do not give anybody new access now.
alarm-works-everything = Everything else goes on as usual.
alarm-works-old-dossiers = Dossiers that you already had work as usual. You may not be able to open new ones.
alarm-works-what-is-here = You can read what was already here. What is new may not be complete.
alarm-works-kept-here = Everything is still on this device. Nothing is lost.
alarm-works-rest = You can read and use the rest as usual.
alarm-works-vault = You can go on working. We fetch what is missing from the server.
alarm-do-call-operator = Call whoever runs the server, and compare the control code with a colleague.
alarm-do-ask-backup = Ask whoever runs the server whether a backup was put back.
alarm-do-ask-colleague = Ask a colleague who has access to let you in again.
alarm-do-compare = Ask a colleague whether they see the same, and tell your director.
alarm-do-wait = Wait a moment: usually it comes by itself. If this stays for a day, call whoever runs the server.
alarm-do-revoke-device = Ask who uses this device. When in doubt, take away the access of the device.
alarm-do-intake = You do not have to do anything. The reporter will notice that no answer comes and can write again.
alarm-do-board = Send the answer again. If it happens again, call whoever runs the server.
alarm-do-vault = Do not use this browser in a copied profile. Tell your director.
alarm-works-sharing-off = You can read and write in your dossiers as usual. Giving new access is off until this is solved.
alarm-do-save-proof = Save the proof, compare the control code with a colleague and call whoever runs the server.
save-proof = Save the proof
settle-fork = This is solved
proof-holds = The proof holds the list of members and what contradicts it, both signed. It holds nothing from dossiers.
proof-holds-dossier = The proof holds what contradicts each other in readable words, with the signatures. Give it only to people who may read that.
alarm-still-works = What still works

## Short messages
toast-copied = Copied
toast-dossier-made = Dossier made
toast-reply = Your answer is saved and goes to the reporter
toast-note = Note saved
toast-undone = Change put back

## Errors
err-wrong-passphrase = This passphrase does not fit the vault.
rec-wrong-passphrase = Check that no letter or word is missing and try again.
err-wrong-set-up-code = The server does not know this code, or it has been used.
rec-wrong-set-up-code = Look in the window of the server. Everything you filled in is still there.
err-incomplete = Something is still missing.
rec-incomplete = Fill in the empty field.
err-no-connection = There is no connection with the server.
rec-no-connection = What you typed is still there. Check your internet connection and try again.
err-busy = The server is busy.
rec-busy = Wait a minute and try again. What you typed is still there.
err-not-accepted = The server did not accept this.
rec-not-accepted = What you typed is still there. Check the clock of your device and try again.
err-no-memory = Your device has too little free memory to open the vault.
rec-no-memory = Close other tabs and programs and try again.
err-storage = This browser cannot keep anything.
rec-storage = Free up space, or do not use a private window. First copy what you typed.
err-locked = The vault is locked.
rec-locked = Open your vault and try again.
err-no-dossier = This dossier is not on this device.
rec-no-dossier = Wait until everything is up to date, or ask a colleague for access.
err-text-too-long = This text is too long.
rec-text-too-long = Make it shorter, or divide it over two messages.
err-not-allowed = You may read this dossier, but not change it.
rec-not-allowed = Ask the steward of the dossier whether you may write. First copy what you typed.
err-newer-vault = Your vault is of a newer version of Sluis.
rec-newer-vault = Load the page again. If this stays, ask whoever runs the server to update Sluis.
err-internal = Something went wrong that should not happen.
rec-internal = What was saved is still there. Load the page again and tell whoever runs the server.

## Classification, what belongs together, workload
club = Club
risk = Risk
risk-none = Not judged yet
risk-low = Low
risk-medium = Medium
risk-high = High
risk-acute = Danger now
risk-groups = Who runs more risk?
group-minors = Children
group-protected-adults = Adults who need protection
group-top-sport = Top sport and talent
group-domestic-abuse = Domestic abuse plays a part
group-care-background = Grew up in care
tags = Labels, with commas between them
tier = What help can this organisation get?
tier-none = Not known yet
tier-all = Advice
tier-pilot = Advice and help with cases
closing-reason = Reason for closing
lane = Who is this note for?
lane-team = For the team
lane-me = For me alone
lane-reporter = For the reporter
note-hint-me = Nobody else can read this: not your colleagues, not whoever runs the server.
bond-title = Belongs together
bond-none = This dossier does not belong to another one yet.
bond-count = This incident has { $dossiers } dossiers, of { $people } reporters or victims.
bond-incident = Same incident
bond-grew-into = Report that grew out of it
bond-grew-from = Grew out of this advice question
bond-veiled = A dossier that you may not read.
bond-tie = Link
bond-untie = Unlink
bond-suggestions = Is this about the same thing?
bond-same-club = same club, same week
bond-same-federation = same federation and type, same week
bond-number = Number of another dossier
bond-unknown = This number is not in your list.
bond-grow = Make it a report
bond-grow-hint = Is this a report after all? Then we make a new dossier with what you know already. This advice question stays.
work-questions = Advice questions
load-title = Workload by handler
load-nobody = Waits for somebody
load-questions = Advice questions
load-reports = Reports
print-dossier = Print
printed-by = Printed by { $name } on { $when }
log-tied = Links with other dossiers changed
log-printed = Dossier printed
log-exported = Dossier taken along in an export
picture-title = Time line
picture-table = Time line as a table
picture-day = Day
lane-reporter-said = From the reporter
lane-we-said = From us
lane-work = Work done
lane-access = Access
save-figures = Save figures (CSV)
figures-month = Month

## Second lock
lock-title = Second lock
lock-what = With a passkey of this device or a separate security key the desk in this browser opens only with both: your passphrase and that key.
lock-is-on = The second lock is on. In this browser you need your passphrase and your key.
lock-way-back = If you lose the key there is a way back: a director lets you in again, or you use the recovery sheet. No dossier is lost.
lock-on = Switch on the second lock
lock-off = Switch off the second lock
lock-passphrase-hint = So that we know that it is you. After that you touch the key.
lock-touch = Touch your key now, or follow what the browser asks.
lock-touch-again = Once more: we check whether the key gives the same twice.
lock-with-both = This browser has a second lock: after your passphrase we ask for your key.
lock-changed = The lock was changed.
err-no-authenticator = No answer came from your key.
rec-no-authenticator = Take the right key and try again. Nothing has changed. If you lost it, ask a director to let you in again or use the recovery sheet.
err-authenticator-unfit = This key is not fit as a second lock.
rec-authenticator-unfit = Nothing has changed: your passphrase alone is still enough. Try another key or another browser.
