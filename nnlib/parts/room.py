"""No more memory than somebody has allowed, while code runs that nobody has read: a stranger's numbers in classes of
one's own, or a changed line.
"""

import contextlib
import math

try:
    import resource
except ImportError:  # Windows
    resource = None


@contextlib.contextmanager
def at_most(mebibytes):
    """MemoryError for what takes more than so many MiB besides what there is, on Linux; elsewhere nothing is watched.

    How large a class of one's own becomes from an argument, only its own code knows: a card of 2 kB may say 10**9.
    """
    try:
        with open("/proc/self/statm") as file:
            now = int(file.read().split()[0]) * resource.getpagesize()
    except (AttributeError, OSError, ValueError):
        now = math.inf
    most = now + mebibytes * 2**20
    if not most < 2**62:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    within = [limit for limit in (int(most), soft, hard) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min(within), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
