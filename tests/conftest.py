"""What several tests share."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the given articles and questions (../shared) are not on this machine"
)
