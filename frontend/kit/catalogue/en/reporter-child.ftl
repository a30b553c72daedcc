### For children (A2): short sentences. Only what differs from reporter.ftl.

leave-quickly-hint = Or press Escape 3 times.
