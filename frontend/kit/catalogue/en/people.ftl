### People, devices and organisations: who has access, how to let somebody in and how to come back.

nav-people = People

## Overview
people-title = People
people-intro = Here you see who works with Sluis. Only those who have access to a dossier can read it.
people-loading = Fetching the people
people-pending = { $count ->
    [one] 1 change still has to reach the server
   *[other] { $count } changes still have to reach the server
}
people-admit = Let a colleague in
people-add-device = Add another device
people-admit-organisation = Let an organisation in
people-your-devices = Your devices
people-kind-centre = Centre
people-kind-federation = Federation
people-kind-experts = Outside experts
people-kind-register = Register holder
people-mine = You are a director here
people-teams = Teams
people-line = line for reporters
people-nobody = Nobody works here now.
people-unnamed = Name not known yet
people-you = { $name } (you)
people-no-roles = No role
people-devices = { $count ->
    [0] No devices
    [one] 1 device
   *[other] { $count } devices
}
people-show = More
people-show-of = More about { $name }
people-browser = Browser
people-paper = Recovery sheet on paper
people-here = this browser
people-since = since { $date }
people-let-in-by = let in by { $name }
people-revoke = Revoke access
people-revoke-hint = Laptop stolen or lost? Revoke the access of that device here, at once.
people-roles = Roles
people-in-teams = Teams and lines
people-new-device = Let in a new device
people-leave = Let this colleague go
people-outside-title = Who is not here
people-outside = Clubs, the board of an umbrella body and the tribunal institute get no access. They may be part of a case themselves, or judge it later. That is why Sluis has no place for them.
people-decided = Saved
people-told-title = A new device of yours was let in
people-told-browser = A browser, { $date }, let in by { $name }.
people-told-paper = A recovery sheet, { $date }, let in by { $name }.
people-told-do = Was this you? Then all is well. If you do not know it, revoke its access at once under People and call your director.
people-told-known = This was me
people-told-look = Go to People

role-panel-member = Panel or committee member
role-board-reader = Reads for the board
role-advisory-member = Advises on request
role-expert = Outside expert
role-all-federations = May be chosen by all federations
role-director-hint = Choose another director at People, with the recovery sheet.

## Letting go and revoking
leave-title = Let { $name } go?
leave-what = This is what happens:
leave-access = All devices of { $name } lose their access at once. New messages and dossiers can no longer be read.
leave-known = What { $name } has read already stays known to { $name }. Nobody can undo that.
leave-keys = The keys are renewed. That happens by itself, without anybody noticing.
leave-heir = Who takes over the dossiers?
leave-heir-hint = Dossiers that { $name } handles get this colleague as their handler.
leave-nobody = Nobody yet
leave-type = Type { $name } to confirm
leave-differs = This is not the same name.
leave-confirm = Let go
revoke-title = Revoke access?
revoke-what = These devices lose their access at once. What was on them stays known to whoever has the device and its passphrase. The keys are renewed by themselves.
revoke-which = Which devices?
revoke-let-in = Devices that this device has let in are ticked already. Untick what may stay.
revoke-here = Mind: this is the browser in which you work now. Your desk closes at once.
revoke-none = Choose at least one device.
revoke-confirm = Revoke access

## Letting in
admit-step = Step { $step } of { $count }
admit-colleague-title = Let a colleague in
admit-colleague-intro = Is your colleague beside you, or on the phone? You will compare six words. Your colleague needs the address of this site.
admit-device-title = Let a device in
admit-device-intro = Keep the new device at hand, or call whoever has it. Both screens will show the same six words.
admit-device-for = For { $name }
admit-organisation-title = Let an organisation in
admit-organisation-intro = You let in a federation or a group of outside experts, with a first director, who then lets in colleagues. You need the recovery sheet.
admit-name = Name of your colleague
admit-name-hint = This name will stand beside all that this colleague does. Reporters only see the role.
admit-director = Name of the first director
admit-organisation = Name of the organisation
admit-sort = What kind of organisation is it?
admit-sort-hint = A club, the board of an umbrella body or the tribunal institute is not possible: they get no access.
admit-line = Name of the line for reporters
admit-line-hint = This is how reporters see where their message goes. For instance: Judo federation line
admit-sheet = The 24 words of the recovery sheet
admit-sheet-hint = Of the centre's sheet. Capitals do not matter; four letters of each word are enough.
admit-make = Make an invitation
admit-waiting-title = Show this invitation
admit-waiting-open = On the other device, open the desk of Sluis on this site and choose I have an invitation.
admit-waiting-read = Read this picture there with the camera, or paste the code.
admit-waiting-safe = The invitation is no secret: nobody gets in with it unless you confirm.
admit-picture = QR code of the invitation. The same code stands below as text.
admit-code = The code as text
admit-waiting = Waiting for the other device
admit-minutes = { $count ->
    [0] valid for less than a minute
    [one] valid for 1 more minute
   *[other] valid for { $count } more minutes
}
admit-words-title = Compare the words
admit-words-intro = The other device now shows six words. Call your colleague or sit together, and have all six read aloud. Do not use chat or mail. The words are Dutch.
admit-words-list = The words on your screen
admit-words-blank = what do you hear?
admit-words-ask = Which word do you hear at place { NUMBER($number) }?
admit-words-missing = Choose the word that you hear.
admit-words-all = Let in only if all other words are exactly the same too, in the same order.
admit-words-same = All the same, let in
admit-words-differ = They are not the same
admit-done-title = Let in
admit-done-colleague = { $name } belongs here now and will see the desk open by itself.
admit-done-device = The new device has access now. The desk will open there by itself.
admit-done-organisation = { $name } belongs here now. Its first director can let in colleagues.
admit-done-next = The dossiers arrive as soon as the keys have been shared. Keep this desk open for a moment.
admit-done-told = All devices of this person are told.
admit-done-back = To People
admit-differed-title = Nobody was let in
admit-differed-what = The words were not the same. Perhaps somebody else tried to get in, or the other device read an old invitation.
admit-differed-do = Check that you are both on the same site and make a new invitation. If it goes wrong again, call whoever runs the server.
admit-over-title = The invitation has run out
admit-over-what = An invitation is valid for ten minutes. Nobody was let in.
admit-again = New invitation
admit-stop = Stop

## Coming in on an empty browser
enter-title = How do you want to come in?
enter-invitation = I have an invitation
enter-invitation-hint = A colleague lets you in, or you add a device of your own.
enter-sheet = I have the recovery sheet
enter-sheet-hint = All devices are lost, or this browser was cleared.
enter-code-title = Your invitation
enter-code-intro = Ask your colleague to choose Let a colleague in under People. Is this another device of your own? Then choose Add another device on your other device.
enter-code = Code of the invitation
enter-code-hint = Paste the code. Capitals and spaces do not matter.
enter-code-wrong = This is not a whole invitation, or it belongs to another site.
enter-code-wrong-do = Copy the code once more, from beginning to end.
enter-scan = Read with the camera
enter-scan-stop = Camera off
enter-scan-picture = Choose a photo of the QR code
enter-scan-hint = Point the camera at the QR code.
enter-scan-none = We see no QR code of Sluis, or the camera may not be used. Paste the code instead.
enter-words-title = Read these words aloud
enter-words-intro = Call your colleague, or read them aloud when you are together. Do not send them by chat or mail. Is it your own device? Then compare them yourself. The words are Dutch.
enter-words-waiting = Waiting until you are let in
enter-words-next = As soon as the words are the same, your desk opens here by itself.
enter-sheet-title = Your recovery sheet
enter-sheet-intro = Type the 24 words of the sheet, in the order of their numbers. Make sure that nobody looks on.
enter-sheet-words = The 24 words
enter-sheet-words-hint = Capitals and punctuation do not matter; four letters of each word are enough. If the sheet was split in three, type two parts below each other.
enter-sheet-checking = Checking the sheet
sheet-count = { $count ->
    [0] There are no words yet.
    [one] There is 1 word. There should be 24.
   *[other] There are { $count } words. There should be 24.
}
sheet-unknown = We do not know these words: number { $places }. Look at the spelling.
sheet-one-share = This is one part of a sheet that was split in three. Put the 24 words of a second part below it.
sheet-mistaken = These are known words, but together they are no recovery sheet. See whether two were swapped or one is wrong.
sheet-foreign = This sheet is not of this organisation, or it counts no more.
enter-lost-title = Which browsers have you lost?
enter-lost-who = This is the recovery sheet of { $name }, { $organisation }.
enter-lost-what = These browsers lose their access. Do you still work safely in one of them? Then untick it.
enter-lost-none = There are no browsers with access any more.
enter-lost-browser = Browser, since { $date }
enter-working-title = You are coming back
enter-failed-title = It has not worked yet
enter-done-title = You are in
enter-done-joined = You belong here now. Your dossiers arrive by themselves.
enter-done-restored = You work with your dossiers again. They arrive by themselves.
enter-done-sheet = Your recovery sheet was used, and it stays valid. Put it back in a safe place at once. Replace it after that, at People under Recovery sheets: its words have been typed now.
enter-done-work = To my work list

## Access lost, and starting over
revoked-title = This browser has no access any more
revoked-what = The access of this device was revoked, by you on another device or by your director. New messages no longer arrive here.
revoked-do = Was that not meant? Call your director. With a new invitation you can come in here again, after clearing this browser.
forget-start = Clear this browser
forget-title = Clear this browser?
forget-what = The vault of this browser disappears. What was not sent yet is gone then; everything else is still there, with your colleagues and on the server.
forget-after = After that you come in again with an invitation of a colleague or with the recovery sheet.
forget-word = clear
forget-type = Type { $word } to confirm
forget-differs = That is not the word that was asked.
forget-confirm = Clear

## Errors
err-invitation-over = This invitation has run out or was used already.
rec-invitation-over = Ask for a new invitation. You choose your passphrase again after that.
err-words-differ = The words were not the same.
rec-words-differ = Nobody was let in. Make a new invitation.
err-not-director = This is not yours to decide.
rec-not-director = Ask a director of the organisation.
err-not-ready = The keys for this are not on this device yet.
rec-not-ready = Wait until everything is up to date and try again.
err-against-rules = The rules for people and teams do not allow that.
rec-against-rules = A team always has at least one member, and a device that lost its access cannot come back.

## Rules about access
regulation-title = Rules about access
regulation-need = You open a dossier only when your work asks for it.
regulation-own = Do you know the reporter or the respondent? Then give the dossier to a colleague.
regulation-passphrase = Your passphrase is yours alone, and you do not leave your desk open.
regulation-tell = Is a device lost, or do you not trust something? Tell your director at once.
regulation-seen = Each dossier shows who did what. Colleagues with access can read that.
regulation-accept = I keep to these, to my work list

## Directors
directors-are = Directors: { $names }. Letting in and changing: { $add }. Letting go and revoking: { $revoke }.
directors-one = one director signs
directors-two = two directors sign
directors-change = Choose directors
directors-change-of = Choose directors of { $name }
naming-title = Directors of { $name }
naming-what = A director lets colleagues in and lets them go, chooses roles and teams, and puts agreements about sharing on file. That does not let a director read any dossier. This takes the recovery sheet of the centre.
naming-who = Who is a director?
naming-two-add = Two directors sign to let in or change
naming-two-add-hint = Then one director alone cannot let anybody in. Each step takes longer: the second one signs separately.
naming-two-revoke = Two directors sign to let go or revoke
naming-two-revoke-hint = Mind: with a stolen laptop this takes time. Everybody can always revoke a device of their own.
naming-locked = Somebody with two browsers counts as one. If two sign and one of them is gone, it takes this recovery sheet to choose another.
naming-confirm = Put it on record
waiting-title = Waits for a second director
waiting-intro = This counts only when a second director signs too. Send the code; there is no secret in it. If the list of members changes meanwhile, a new code stands here.
waiting-copy = Copy the code
waiting-withdraw = Not after all
signing-title = Sign too
signing-intro = Does another director ask for your signature? Paste the code here. You see what will happen first.
signing-code = Code of the other director
signing-read = Show what it is
signing-says = This happens when you sign:
signing-sign = Sign too
decides-person = { $name } is let in. Roles: { $roles }.
decides-roles = { $name } gets these roles: { $roles }.
decides-leaves = { $name } leaves and loses all access.
decides-device = A new device of { $name } is let in.
decides-revoked = A device of { $name } loses its access.
decides-team = The team { $team } then consists of: { $people }.
decides-agreement = An agreement about sharing with { $name } is put on file.
decides-other = A change that this version cannot put into words. Sign only if you know for certain what it is.
err-last-witness = This device is the only one that vouches for what reporters are shown.
rec-last-witness = Type the recovery sheet, then this browser takes that over. Or do it on another browser.
last-witness-hint = Then this browser vouches for what reporters are shown. That way your line stays within reach.
err-outdated = This code does not count, or counts no more.
rec-outdated = Ask the other director for the code that stands there now.

## Confidential adviser
adviser-hint = A confidential adviser hears how a case stands and reads no dossiers. That is why they are in no team. Tell them the status yourself.
adviser-work = As a confidential adviser you read no dossiers. A case manager tells you how a case stands.
err-status-only = A confidential adviser reads no dossiers and so is in no team.
rec-status-only = Take the role of confidential adviser away first, or take the person out of all teams first.

## The code back
enter-answer = Is your colleague next to you?
enter-answer-what = Then let this picture be read, or the code be typed. Nobody has to compare the words then.
enter-answer-picture = QR code of this device. The same code is below as text.
admit-beside = Is the other device next to you?
admit-beside-what = Open Is your colleague next to you? there and read that picture, or type the code. That is enough. If the code comes by chat or mail, compare the words all the same.
admit-answer = Code of the other device
admit-by-code = The code is right, let in
