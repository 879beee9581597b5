# SPDX-License-Identifier: MIT
"""How far a training is: bars of tqdm where it is installed and someone looks, else a line now and then."""

import sys
import time


def no_progress(_done, _total):
    """Of those who show none."""


def words_of(seconds):
    """Time in words: 50 s, 3 min, 2.5 h."""
    if seconds < 90:
        return "%.0f s" % seconds
    return "%.0f min" % (seconds / 60) if seconds < 5400 else "%.1f h" % (seconds / 3600)


def _bars():
    """tqdm, or None where lines are better."""
    if not sys.stderr.isatty():
        return None
    try:
        from tqdm import tqdm
    except ImportError:
        return None
    return tqdm


class Progress:
    """Stages one after the other, each expected to take some seconds: {name: seconds}.

    Times that remain are those of the stage, by its own pace, and what is expected of the stages after it.
    """

    def __init__(self, expected, out=None, every=10.0, clock=time.monotonic):
        self.expected, self.out, self.every, self.clock = expected, out, every, clock
        self.bars, self.bar, self.name = _bars(), None, None

    def stage(self, name):
        """Begin a stage; returns progress(done, total)."""
        self.close()
        self.name, self.begun, self.shown = name, self.clock(), -float("inf")
        self.first = None
        return self.update

    def remaining(self, done, total):
        names = list(self.expected)
        later = sum(self.expected[n] for n in names[names.index(self.name) + 1 :]) if self.name in names else 0.0
        here, spent = self.expected.get(self.name, 0.0), self.clock() - self.begun
        n_made = done - self.first
        left = max(here - spent, 0.0)
        if n_made > 0 and (here == 0 or n_made >= 0.05 * total or spent > 30):
            left = spent * (total - done) / n_made  # before, the first steps wait for compilers
        return left, left + later

    def update(self, done, total):
        if self.first is None:
            self.first = 0 if done <= 1 else done - 1
        if self.bars is not None:
            self._draw(done, total)
        elif self.clock() - self.shown >= self.every or done >= total:
            self.shown = self.clock()
            times = tuple(map(words_of, self.remaining(done, total)))
            words = "%s: %.0f %%, %s left of this, about %s of all" % (self.name, 100 * done / total, *times)
            print(words, file=self.out or sys.stderr, flush=True)

    def _draw(self, done, total):
        if self.bar is None:
            self.bar = self.bars(total=total, desc=self.name, leave=True)
        self.bar.set_postfix_str("all: " + words_of(self.remaining(done, total)[1]), refresh=False)
        self.bar.update(done - self.bar.n)

    def close(self):
        if self.bar is not None:
            self.bar.close()
        self.bar = None
