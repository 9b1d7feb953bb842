"""Waiting for a condition, with a deadline."""
import select
import time

DEADLINE_S = 180  # a busy machine is no fault; only what fails waits so long
LOOK_AGAIN_S = 0.02


def until(condition, what, deadline_s=DEADLINE_S, problem=lambda: None):
    """What `condition` returns once it is true. `problem` ends the wait early: it says
    why there is nothing more to wait for."""
    end = time.monotonic() + deadline_s
    while True:
        found = condition()
        if found:
            return found
        why = problem()
        if why or time.monotonic() > end:
            raise AssertionError(f"waited for {what}: {why or 'the deadline passed'}")
        select.select([], [], [], LOOK_AGAIN_S)
