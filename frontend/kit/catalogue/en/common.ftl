### Words that both pages use. Short, plain English.
### An error has two texts: err-… says what happened, rec-… what you can do now.

## Language and display
language-name = English
intl-tag = en-GB
thousands-separator = ,
language = Language
switch-language = Choose your language
color-scheme = Colours
scheme-system = As on your device
scheme-light = Light
scheme-dark = Dark
reading-level = Reading level
reading-level-adult = For adults
reading-level-child = For children

## Place on the page
product-name = Sluis
skip-to-content = Skip to the content
main-navigation = Main menu
page-settings = Display
demonstration = Practice environment
demonstration-explained = This is a practice environment. Everything you see here is made up.

## Buttons
save = Save
cancel = Cancel
close = Close
back = Back
next = Next
previous = Previous
continue = Continue
done = Done
send = Send
retry = Try again
undo = Undo
delete = Delete
edit = Edit
add = Add
remove = Remove
copy = Copy
copied = Copied
print = Print
download = Download
search = Search
clear = Clear
open = Open
show = Show
hide = Hide
more = More
help = Help
yes = Yes
no = No
optional = optional
required = required

## State
loading = One moment
busy = Working
saved = Saved
saving = Saving
not-saved = Not saved yet
draft = Draft
waiting-for-connection = Waiting for a connection
waiting-count = { $count ->
    [one] 1 change is waiting for a connection
   *[other] { $count } changes are waiting for a connection
}
offline = No connection
online = Connected
sending = Sending
sent = Sent
not-sent = Not sent
read = Read
progress-percent = { NUMBER($percent) } percent
remaining-seconds = { $seconds ->
    [0] almost done
    [one] about 1 second left
   *[other] about { $seconds } seconds left
}

## Time
today = today
yesterday = yesterday
tomorrow = tomorrow
just-now = just now
minutes-ago = { $count ->
    [one] 1 minute ago
   *[other] { $count } minutes ago
}
days-left = { $count ->
    [0] today
    [one] 1 day left
   *[other] { $count } days left
}
days-overdue = { $count ->
    [one] 1 day late
   *[other] { $count } days late
}

## Tables
sort-by = Sort by { $column }
sorted-ascending = ascending
sorted-descending = descending
row-count = { $count ->
    [0] No rows
    [one] 1 row
   *[other] { $count } rows
}

## Dialogue
confirm-by-typing = Type { $word } to confirm

## Notices on screen
notice-info = Please note
notice-ok = Done
notice-warning = Warning
notice-error = Something went wrong
what-you-can-do = What you can do

## Who is who
role-reporter = Reporter
role-case-manager = Case manager
role-investigator = Investigator
role-confidential-adviser = Confidential adviser
role-director = Director
role-steward = Steward of the dossier
role-affected-person = Affected person
role-witness = Witness
role-respondent = Respondent
role-other-party = Other person involved
centre = Centre
federation = Federation
club = Club
you = You

## Kind of dossier
kind = Kind
kind-report = Report
kind-advice = Question for advice

## Category and subject
category = Category
subcategory = Subject
category-none = Not chosen yet
category-transgressive = Transgressive behaviour
category-substances = Banned substances
category-match-fixing = Match-fixing
category-integrity = Integrity
category-other = Other
sub-sexual = Sexual harassment or sexual abuse
sub-bullying = Bullying
sub-discrimination = Discrimination
sub-violence = Violence or threats
sub-emotional = Belittling, humiliating or manipulating
sub-neglect = Neglect
sub-stalking = Stalking
sub-doping = Doping
sub-supply = Giving or selling substances
sub-drugs = Drugs or alcohol
sub-bribery = Bribery or influencing a match
sub-betting = Betting on one's own matches
sub-inside-information = Passing on inside information
sub-mismanagement = Mismanagement
sub-fraud = Fraud or theft
sub-conflict-of-interest = Conflict of interest
sub-privacy = Misuse of personal data
sub-conduct-of-official = Conduct of a board member, coach or referee
sub-other = Something else

## Level
level = Level
level-recreational = Recreational
level-competition = Competition
level-talent = Talent
level-elite = Elite sport
sport = Sport
unknown = Unknown

## Status
status = Status
status-new = New
status-received = Received
status-read = Read
status-in-progress = In progress
status-waiting-for-reporter = Waiting for the reporter
status-referred = Referred
status-stopped = Stopped
status-closed = Closed

## Errors
err-unexpected = Something went wrong in this page.
rec-unexpected = Reload the page. If it happens again, please call us.
err-offline = There is no connection to the server.
rec-offline = You need not do anything. We keep trying.
err-server = The server cannot handle this right now.
rec-server = Wait a few minutes and try again.
err-too-busy = It is very busy right now.
rec-too-busy = Wait a minute and try again.
err-too-large = This is too large to send.
rec-too-large = Make it shorter, or send it in parts.
err-refused = The server refused this request.
rec-refused = Check that the clock of your device is right and reload the page.
err-damaged = A message was changed on its way. We do not show it.
rec-damaged = Try again later. If this goes on, tell your administrator.
err-old-version = This page is older than the server.
rec-old-version = Reload the page. First copy what you typed and have not sent yet.
err-browser = Your browser cannot run this page.
rec-browser = Update your browser, or use another one.
err-required = This is still empty.
rec-required = Fill this in to go on.
err-too-long = This text is too long.
rec-too-long = Make the text shorter.
err-not-copied = Copying did not work.
rec-not-copied = Select the text and copy it yourself.
