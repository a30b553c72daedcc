### Sharing: who can read a dossier and what changes when that becomes different.

part-share = Sharing

## Who has access
who-title = Who has access
who-hint = Only those listed here can read this dossier. The server can read nothing.
who-you = you
outside = other organisation
team-of = team, { $organisation }
since = Since { $date }
given-by = given by { $name }
until = until { $date }
sheet = Recovery sheet
standing-offered = no answer yet
standing-refused = not accepted
standing-refused-why = Not accepted: { $reason }
standing-sending = being sent
pending = Your change is kept and is being sent. If the connection drops, it goes on by itself later.
change = Other access
take-back = Take access back
for-whom = { $action } for { $name }
may-not = You do not decide who has access to this dossier. Ask { $names }.
may-not-nobody = You do not decide who has access to this dossier. Ask a director.
all-access = See who can read what, across all dossiers

## Sharing with
give-title = Share with somebody
find = Find a team or colleague
find-hint = First your own organisation, then the others.
found-none = Nobody found. Check the name.
found-more = { $count ->
    [one] And 1 more. Type a name to search.
   *[other] And { $count } more. Type a name to search.
}
not-ready = Not possible yet: there is no key so far. It comes when somebody there opens the desk.
whom = With whom
choose-whom = Choose first whom to share with.
right = What may they do?
right-reader = Read
right-reader-hint = Read everything, also what was written before. Change nothing.
right-writer = Read and write
right-writer-hint = Also make notes and fill in fields.
right-steward = Also decide who has access
right-steward-hint = Read, write, and share with others or take access back.
until-label = Until the end of
until-hint = Leave this empty if there is no end.
until-over = Choose a day that is not over yet.
reason = Why do you share this?
reason-hint = Whoever you give access reads this. So does everyone in the dossier.
transfer = I hand the dossier over
transfer-hint = If they accept, they decide who has access. You can go on reading.
only-reading = You may read this dossier, not change it.
reply-elsewhere = Only the team that the reporter wrote to can answer the reporter.
give = Share
will-title = This is what happens
will-reader = { $name } can then read everything in this dossier, also what was written before.
will-change-nothing = Changing anything is not possible.
will-writer = { $name } can then read everything in this dossier, also what was written before, and write: notes and fields.
will-steward = { $name } can then read and write everything in this dossier, also what was written before, and helps decide who has access.
will-team = That holds for everybody in this team, also for those who join later.
will-until = The access ends by itself after { $date }.
will-no-end = It stays so until somebody takes the access back.
will-outside = { $name } belongs to another organisation: { $organisation }.
will-transfer = If { $name } accepts, the dossier is theirs.

## Confirming
plan-change = Other access for { $name }
plan-change-do = Change access
plan-higher = This holds as soon as your change has been sent.
plan-lower = What { $name } has read already stays known. The dossier gets new keys.
plan-take = Take back the access of { $name }?
plan-take-1 = { $name } can read nothing that is written from now on. The dossier gets new keys at once.
plan-take-2 = What was read already stays known: a copy or a note cannot be fetched back.
plan-renew = Renew keys
plan-renew-what = The same people keep access, with new keys. Do this if you think that somebody has been looking along.
recuse = I withdraw
recuse-what = Do you know somebody in this dossier, or is it too close to you? Then withdraw. Your access stops at once.
recuse-1 = You can then no longer read or change this dossier, not through your team either.
recuse-2 = Your colleagues get new keys and go on. Only somebody who may decide about access can undo it.
shut-out = Shut somebody out
shut-out-what = Does a colleague have an interest in this dossier? Then shut them out, even if the whole team has access.
shut-out-whom = Whom do you shut out?
shut-out-choose = Choose a colleague
shut-out-1 = { $name } can read nothing that is written from now on, not through a team either. The others of the team keep access, each for themselves.
shut-out-2 = What was read already stays known. { $name } sees that the access is gone.
type-name = Type the name { $name } to confirm
type-number = Type the number { $number } to confirm
withdraw = More possibilities

## What you were given
lost-title = You no longer have access to this dossier
lost-what = Somebody took your access back. You can still read what you had. Not what comes after it, and changing it is no longer possible.
forget = Remove from this device
forget-what = Everything of this dossier leaves this device. It only comes back if somebody shares it with you again.
shared-title = Shared with you
offer-reader = { $name } shares this dossier with { $to }, to read
offer-writer = { $name } shares this dossier with { $to }, to read and write
offer-steward = { $name } shares this dossier with { $to }. You help decide who has access
offer-transfer = { $name } hands this dossier over to { $to }
offer-why = Why: { $reason }
accept = Accept
refuse = Do not accept
refuse-reason = Why do you not accept it?
refuse-reason-hint = { $name } reads this.
refuse-gone = The dossier then leaves this device at once. { $name } is not told.
refuse-do = Send
refuse-what = Your access ends when { $name } deals with it. You no longer see the dossier then.
reaction-accepted = { $name } accepts the dossier
reaction-refused = { $name } does not accept the dossier
reaction-title = Answer to what you shared
consent-row = The reporter agrees that { $name } reads along
consent-title = The reporter agrees
consent-give = Share with { $name }
consent-what = { $name } can then read everything in this dossier and change nothing.
toast-saved = Kept. It holds as soon as it has been sent.

## Map
map-title = Who can read what
map-label = Map of dossier { $number }: { $words }. The table below has the same facts.
map-counts = { $count ->
    [one] 1 person or team
   *[other] { $count } people or teams
}
map-outside = { $count ->
    [0] nobody from outside
    [one] 1 of another organisation
   *[other] { $count } of another organisation
}
who = Who
may = May
own-organisation = own organisation
line-reader = reads
line-writer = reads and writes
line-steward = also decides who has access

## All dossiers
all-title = Who can read what
all-intro = Counted by your own device, over the { $count } dossiers that you have here. Choose a name to see which dossiers those are.
all-loading = Counting access
all-reads = Reads
all-writes = Writes
all-decides = Decides
all-shown = Dossiers of { $name }
all-none = { $name } can read none of these dossiers.
all-person = person
all-team = team
back-to-dossiers = All dossiers

## Log
log-gave = Access given: { $name } { $right }
log-changed = Access changed: { $name } { $right }
log-took = Access taken back: { $name }
log-shut-out = { $name } is shut out of this dossier

## What did not work
given-up = Your change of access did not go through
given-up-right = Somebody else came first: you no longer decide who has access.
given-up-rules = The rules of this dossier do not allow it. See who has access now and try again.
err-taken-back = Your access to this dossier was taken back.
rec-taken-back = Copy what you typed if you still need it. Ask whoever shared it if this was meant.
err-last-steward = Then nobody would decide who has access any more.
rec-last-steward = First let somebody else decide about access too.
err-no-party = This team or person is not there any more.
rec-no-party = Choose somebody else.
err-shut-out = Somebody in this team is shut out of this dossier.
rec-shut-out = Share it with the others, each by themselves.
err-directory-old = The member list was not confirmed for a week. Sharing outside your organisation is not possible now.
err-directory-forked = The server shows two different lists of members. Until that is solved you cannot give anybody access.
rec-directory-forked = Go to Work: it says what to do now. What you filled in is still here.
rec-directory-old = Check your connection and wait until everything is up to date. What you filled in is still there.
err-no-agreement = No agreement about sharing with this organisation is on file yet. Nothing was shared.
rec-no-agreement = Let a director put the agreement on file. What you filled in is still there.
err-not-of-team = Only the team that the reporter wrote to answers the reporter.
rec-not-of-team = Put your text in a note. That team reads it too.
err-no-offer = This was answered already, or taken back.
rec-no-offer = You need not do anything.

## Agreements between organisations
agreed = An agreement about sharing with { $organisation } is on file.
not-agreed = No agreement about sharing with { $organisation } is on file yet. So nothing can be shared for now.
not-agreed-file = Agree on what you share and why, and tell the people whom it concerns. Then put the agreement and the privacy notice on file here. After that you can share at once.
not-agreed-ask = Ask your director to put one on file.
not-agreed-ask-whom = Ask { $names } to put one on file.
not-agreed-lead = See what is needed
filing = The agreement with { $organisation } is being sent. You can share after that.
given-unagreed = given without an agreement on file
agreement = Name of the agreement
agreement-hint = For instance: Federation and centre together 2026
agreement-notice = Where is the privacy notice?
agreement-notice-hint = Its name, or the place where people can read what happens with their data
agreement-file = Put the agreement on file
