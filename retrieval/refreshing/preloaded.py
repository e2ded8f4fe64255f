"""What the processes of a refresh share: servers that they are forked from import this module, and nothing else does.

So it does its work when it is imported: else each process would compile the lexicon of persons and offices, a tenth of
a second, however little there is to read.
"""

import gc

from retrieval.reading import documents, feeds, html_page  # noqa: F401 - else imported by each that reads such a file
from retrieval.refreshing.preparing import Sentenced, facts_anew
from retrieval.refreshing.versions import facts_version

facts_anew(Sentenced((), facts_version()))
# Who goes through what is shared, in search of garbage, would copy it.
gc.collect()
gc.freeze()
