### Voor kinderen (A2): korte zinnen. Alleen wat anders is dan in reporter.ftl.

leave-quickly-hint = Of druk 3 keer op Escape.
