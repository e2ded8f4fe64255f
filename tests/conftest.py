"""What several tests share."""

from pathlib import Path

import pytest
from hypothesis import settings

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the given articles and questions (../shared) are not on this machine"
)

# How long an example takes on a busy machine says nothing: speed is shown in tests/bench.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
