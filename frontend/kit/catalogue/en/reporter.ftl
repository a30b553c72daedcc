### The reporter's page. Someone who is frightened or in a hurry has to understand this at once.
### Version for children: reporter-child.ftl (same names; what is not there comes from here).

page-title = Message
leave-quickly = Leave quickly
leave-quickly-hint = Or press Escape three times.
easy-reading = Easy reading
normal-reading = Normal reading

## Writing
write-title = Tell us what happened
write-who = Only the team that you choose can read this. You stay anonymous.
write-who-line = Only { $line } can read this. You stay anonymous.
write-next = You get eight words. With them you come back and read our answer.
write-when = We read on working days and answer as soon as we can.
danger = Are you in danger now? Call 112.
other-phones = Rather call?
call = Call { $name }: { $number }
line-question = Who do you want to write to?
line-unknown = I don't know
line-unknown-hint = Then { $centre } reads it.
line-of = of { $organisation }
story-label = Your story
story-hint = Write in your own words. You need not give your name. Nothing is required.
story-waiting = We are connecting to the server. This usually takes a few seconds.
continue-button = Continue
have-words = I already have eight words
characters-left = { $count ->
    [one] 1 character left
   *[other] { NUMBER($count) } characters left
}

## Safe on this device
safe-title = Safe on this device
safe-nothing-kept = This page keeps nothing on this device. If you close it, everything that you have not sent is gone.
safe-history = Your browser's history does show that you opened this page. A private window prevents that.
safe-watched = Can somebody look into this device? Then use another device or another network.
safe-leave = "Leave quickly" shows an ordinary other website at once.

## The eight words
words-title = Keep these eight words
words-why = With these words you read our answer later. Nobody can find them again for you. Neither can we.
words-how = Write them on paper, or keep them in a place that only you know.
words-making = We are making your words
words-image = Save as a picture
words-traces = A copy or a picture stays on this device. Only do that when nobody else looks into it.
words-not-copied = Copying does not work here. Select the words and copy them yourself.
words-kept = I have kept them
words-hide = Hide the words
words-again = Show the words again
words-image-title = My eight words
words-list-label = Your eight words

## One word back
check-title = What is word { NUMBER($number) }?
check-why = This way you know that you kept the words well.
check-label = Word { NUMBER($number) }
check-wrong = This is not word { NUMBER($number) }. Look at your words again, or skip this.
check-send = That's it, send
check-skip = Skip, send now
back-to-text = Back to your text

## Conversation
chat-title = Your conversation
chat-with = You are writing with { $line }.
chat-list-label = Messages
chat-empty = Your conversation will appear here.
you = You
reply-label = Your message
reply-hint = Go on whenever you like. You can also close this page and come back with your eight words.
send-button = Send
attach-button = Photo or file
state-sealing = being encrypted
state-working = computing: { NUMBER($percent) } percent
state-sending = being sent
state-waiting = waiting for the server, we try again by ourselves
state-stored = on the server, not read yet
state-read = read
state-failed = not sent
retry-button = Try again
cut-off = A piece is still missing here.
work-label = We are getting your message ready
work-why = Your device computes for a moment. That keeps abuse away without our knowing who you are.
status-label = Your report
case-new = has arrived
case-read = has been read
case-in-progress = is being handled
case-waiting-for-reporter = waits for an answer from you
case-referred = has been passed on to another organisation
case-stopped = has been stopped, as you asked
case-closed = is closed
nothing-found = There is no answer yet, or a word is wrong.
nothing-found-hint = We put your messages back here as soon as one of us has collected them. Look again later, or check your words.
check-words = Check your words
not-shown-yet = Messages that we have not collected yet are not shown after you come back.

## What a screen reader says
spoken-stored = Your message is on the server.
spoken-failed = Your message was not sent.
spoken-new = There is a new message.
spoken-online = The connection is back.
spoken-copied = The words have been copied.

## Later questions
questions-title = A few questions. You can always skip.
question-sport = Which sport is it about?
question-federation = Which sports federation does it belong to?
question-level = At what level?
question-minor = Is it about someone under 18?
question-contact = How can we reach you, if you want that?
question-contact-hint = You don't have to. We can also answer you here.
question-other = Question
answer-send = Answer
answer-skip = Skip
dont-know = I don't know

## What you want
more-title = More about this conversation
share-label = My sports federation may read this too
share-hint = If you switch this on, the team may share your message with your sports federation. If you switch it off again, we ask them to stop. What they have already read cannot be taken back.
shared-on = My sports federation may read this.
shared-off = My sports federation may not read this.
stop-button = I want to stop
stop-title = Do you want to stop?
stop-text = We tell the team that you want to stop. If somebody is in danger, the team sometimes has to act all the same. They will tell you here.
stop-confirm = Yes, I want to stop
stop-cancel = No, go on
stopped = I want to stop.
proof-button = Save proof
proof-hint = A text file that shows what you sent and when it arrived.
proof-waiting = The proof is there as soon as the team has collected your message.
proof-title = Proof of a report
proof-intro = This message has reached { $line }.
proof-arrived = Arrived
proof-number = Reference
proof-hash = Checksum (SHA-256)
proof-message = Message
show-words = Show my eight words

## Coming back
return-title = Read our answer
return-label = Your eight words
return-hint = Capitals and commas do not matter. The first four letters of each word are enough.
return-open = Open
return-opening = We are opening your conversation
return-new = I have no words: new message
return-count = { $count ->
    [0] Type your eight words here.
    [one] This is 1 word. There have to be eight.
   *[other] These are { NUMBER($count) } words. There have to be eight.
}
return-unknown = I don't know word { NUMBER($number) } ({ $word }).
return-did-you-mean = Do you mean:
return-check = The words do not belong together. One is wrong, or two have changed places.
return-check-fixes = This could be right:
return-replace = word { NUMBER($number) } becomes { $word }
return-swap = words { NUMBER($first) } and { NUMBER($second) } change places

## When it cannot be
err-not-open = This line is not open yet.
rec-not-open = You cannot send anything here yet. Call one of the numbers below.
err-no-line = You cannot write here now.
rec-no-line = At this moment there is no team that can receive messages safely. Call one of the numbers below, or come back later.
err-forged = The server says something that is not right.
rec-forged = Do not send anything here now. Try another network, or call one of the numbers below.
err-clock = The clock of your device is off by more than a day.
rec-clock = Set date and time right and load the page again.
err-unreachable = The server does not answer.
rec-unreachable = You need not do anything. We try again by ourselves. In a hurry? Call one of the numbers below.
err-memory = This device has too little free memory.
rec-memory = Close other pages and try again.
err-missing-reply = An answer is missing.
rec-missing-reply = The server did not pass it on. Look again later. If it stays away, call the team.
err-damaged-reply = An answer was changed on its way. We do not show it.
rec-damaged-reply = Look again later. If this goes on, call the team.
err-stranger = An answer did not come from the team. We do not show it.
rec-stranger = You need not do anything. What the team wrote, you see as usual.
err-story-empty = There is nothing here yet.
rec-story-empty = Write a few words first.
err-story-long = Your text is too long for one message.
rec-story-long = Send a part first. You can send the rest after it.
