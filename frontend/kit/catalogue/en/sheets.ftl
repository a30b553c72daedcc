### Recovery sheets: printing, splitting, replacing and rehearsing them.

nav = Recovery sheets

## Overview
title = Recovery sheets
intro = With a recovery sheet you come back when all your devices are lost. Whoever has the sheet can do the same. That is why you can split it in three: any two of the three parts are then enough together, and one part says nothing.
own = Your recovery sheet
others = Sheets of colleagues
none = You have no recovery sheet. If you lose all your devices, a director has to let you in again.
whole = One whole sheet, made on { $date }. Whoever finds it can come in with it.
in-parts = In three parts, of a sheet of { $date }. The numbers on the parts: { $numbers }.
new = Make a recovery sheet
split = Split the sheet in three
replace = Replace the sheet
rehearse = Rehearse with a sheet or part

## Typing words
new-intro = You get a sheet with 24 words, or three parts. Make sure that you can print and that nobody is watching.
replace-intro = Was the sheet used, or did somebody see the words? Then make a new sheet here. The old one counts no more after that. First type the words of the old sheet, or of two parts of it.
split-intro = Type the 24 words of your sheet. You get three parts to print. Give them to three people who can find each other, preferably directors.
rehearse-intro = Type the words of a sheet or of one part. Sluis says whether they fit. Nothing changes, and the words stay on this device. Do this every year.
rehearse-hint = 24 words. Capitals and punctuation do not matter; four letters of each word are enough.
rehearse-do = See whether it fits
choose = One sheet or three parts?
choose-whole = One sheet
choose-whole-hint = Simple, but whoever finds it can come in.
choose-split = Three parts
choose-split-hint = Any two of the three are enough together. One part may get lost, and whoever finds one part has nothing.
prepare = On to printing
wrong = The word at place { $place } is wrong. All other words are right.

## Printing
shown-title = Print this
shown-whole = Sluis shows these words only once. They do not count yet: you will type them from the paper in a moment.
shown-parts = Each part comes on a page of its own. Sluis shows them only once. They do not count yet: you will type one part from the paper in a moment.
shown-next = I have it on paper
part-title = Part { $number } of 3 of a recovery sheet of Sluis
part-number = Number of this part
part-what = This part says nothing about the dossiers. Together with one more part it brings a device back. Keep the parts in three places, with three people.
picture = QR code of the words on this sheet
back = Back to the sheets

## Checking
check-title = Type it from the paper
check-whole = That way we know that what is on paper is right. Only then does the new sheet count.
check-part = Choose one of the three parts and type its 24 words. That way we know that what is on paper is right. Only then do the parts count.
check-hint = Capitals and punctuation do not matter; four letters of each word are enough.
check-do = Check

## Done
done-title = It fits
done-counts = The words are right. This counts as soon as it has reached the server.
done-keep = Put the sheet in a safe or a sealed envelope.
done-parts = Give the three parts to three people. Write down somewhere who has which part.
done-whole-gone = Destroy the whole sheet. Whoever finds it does not need the parts.
done-old-gone = Destroy the old sheet or the old parts. They count no more.
done-back = To Recovery sheets
fits-part = Part { $number } fits the recovery sheet of { $name }.
fits-whole = This is the whole recovery sheet of { $name }. It counts.
fits-back = Put it back in its safe place.
