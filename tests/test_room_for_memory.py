"""Memory while strangers' code runs: what is there already does not count, and what is allowed comes on top."""

import resource
import sys

import numpy as np
import pytest

from nnlib.parts.room import at_most

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux says what a process holds")


def test_what_is_allowed_is_had_and_more_is_not():
    limits = resource.getrlimit(resource.RLIMIT_AS)
    with at_most(64):
        assert np.ones(4 * 2**20).sum() == 4 * 2**20  # 32 MiB
        with pytest.raises(MemoryError):
            np.ones(2**27)  # 1 GiB
    assert resource.getrlimit(resource.RLIMIT_AS) == limits


def test_a_limit_that_is_lower_already_stays():
    before = resource.getrlimit(resource.RLIMIT_AS)
    with at_most(256):
        within = resource.getrlimit(resource.RLIMIT_AS)
        with at_most(10_000):
            assert resource.getrlimit(resource.RLIMIT_AS) == within
    with at_most(2**50):
        assert resource.getrlimit(resource.RLIMIT_AS) == before
