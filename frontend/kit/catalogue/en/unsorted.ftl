### New conversations about which somebody has to decide: more in an hour than become dossiers by themselves.

title = Unsorted
what = More than 20 new conversations came in within one hour. The first 20 became dossiers by themselves. You or a colleague decide about the others. Nothing is lost: a message waits here for 90 days. Whoever has a dossier already gets through as always.
came = came { $when }
messages = { $count ->
    [one] 1 message
   *[other] { $count } messages
}
no-text = Without text
busy = From the busy lane
busy-what = The ordinary lane on the server was full: 2,000 messages were waiting. Whoever wrote then had to wait longer until the message was sent.
make = Make a dossier
set-aside = Set aside
back = Put back
more = { $count ->
    [one] 1 more. It appears when you have decided about these.
   *[other] { $count } more. They appear when you have decided about these.
}
asides = { $count ->
    [one] Set aside: 1
   *[other] Set aside: { $count }
}
asides-what = Only you have set these aside. Your colleagues still see them under Unsorted.
remove = Remove
remove-what = This conversation disappears from the server, for your colleagues too. You cannot bring it back, and the reporter gets no answer.
remove-do = Yes, remove it
