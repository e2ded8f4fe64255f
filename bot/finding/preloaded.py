"""What all workers share: the server that they are forked from imports this module, and nothing else does.

So this is the one module that does its work when it is imported.
"""

import gc

import numpy.ma  # noqa: F401 - the first `unique` of a process would import it

from bot.finding import answers, inline, news, persons, sources, timelines  # noqa: F401 - for those forked from here
from retrieval.known import preload
from retrieval.refreshing import preloaded  # noqa: F401 - errands read articles

preload()
# Who goes through what is shared, in search of garbage, would copy it.
gc.collect()
gc.freeze()
