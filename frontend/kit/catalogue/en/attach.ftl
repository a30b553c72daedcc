### Files and voice messages on the reporter's page. The page fetches these words only when somebody wants to send something along.

attach-title = Photo, file or voice message
attach-hint = Up to 25 MB. Everything is locked before it leaves your device.
attach-choose = Choose a photo or file
attach-record = Record your voice
attach-close = Close
attach-busy = One moment…
attach-recording = Recording. Take your time.
attach-record-stop = Stop recording
attach-photo-warn = We took place and device out of the photo. Look for yourself: is there a face, name, shirt number or place that you do not want to share?
attach-voice-warn = Somebody you know can recognise your voice. Sounds around you can give something away too. Rather not? Then type instead.
attach-file-warn = A document or film can say who made it, where and when. We cannot take that out.
attach-send = Send
attach-not = Do not send
attach-locking = Being locked
attach-working = A little arithmetic, which keeps abuse away
attach-sending = Being sent
attach-waiting = No connection. It goes on by itself as soon as there is one.
attach-stop = Stop
attach-done = Sent. You see it above.
attach-voice-name = Voice message
attach-err-large = This is too large. It can be 25 MB.
attach-err-empty = This file is empty.
attach-err-microphone = The microphone does not work, or may not be used. You can still type.
attach-err-failed = This went wrong. Nothing was sent. Try again.
