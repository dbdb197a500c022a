"""How alike two texts are in meaning, on a scale that is the same for every encoder.

Encoders differ in what likeness is usual: multilingual-e5 puts unrelated texts at 0.75, MiniLM
at 0.05. A few pairs of questions and answers, of no company in particular, tell what unrelated and
related texts score with the encoder at hand; on the scale made of them 0 is unrelated and 1 is a
question with its answer. Remembers vectors of texts it has met. Knows nothing of articles.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backend.inference.errors import InferenceError
from backend.inference.interfaces import EmbeddingKind, Encoder

logger = logging.getLogger("kefu.dialogue")
Vectors = NDArray[np.float32]
_LEAST_SPAN = 0.02  # between unrelated and related texts, below which an encoder knows nothing
_MOST_VECTORS = 8_192  # about 13 MB at 384 dimensions

# Question and answer of the same meaning in each language, row by row.
ANCHORS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        ("When are you open on Sundays?", "We are open from 10 to 4 on Sundays."),
        ("How do I reset my password?", "Choose “Forgotten password” to set a new password."),
        ("Can I pay in instalments?", "You may pay in three monthly instalments."),
        ("Is breakfast part of the price?", "The room rate includes breakfast for two."),
        ("Where can I leave my car?", "Guests park in the yard behind the house."),
        ("How do I cancel my subscription?", "Cancel the subscription on your account page."),
        ("Do you offer student discounts?", "Students get 10 per cent off with a valid card."),
        ("Which vaccinations does my dog need?", "Dogs must be vaccinated against rabies."),
    ),
    "zh": (
        ("你们周日几点开门？", "周日营业时间为十点至四点。"),
        ("怎么重置密码？", "点击“忘记密码”即可设置新密码。"),
        ("可以分期付款吗？", "您可以分三个月付款。"),
        ("房价含早餐吗？", "房价包含双人早餐。"),
        ("车停在哪里？", "客人可把车停在楼后的院子里。"),
        ("怎么取消订阅？", "在账户页面可以取消订阅。"),
        ("学生有优惠吗？", "学生凭有效证件可享九折。"),
        ("我的狗需要打什么疫苗？", "狗必须接种狂犬病疫苗。"),
    ),
}


@dataclass(frozen=True)
class Scale:
    """Cosines of unrelated and of related texts, as the encoder gives them."""

    unrelated: float
    related: float

    @property
    def blind(self) -> bool:
        return self.related - self.unrelated < _LEAST_SPAN

    @property
    def span(self) -> float:
        return max(self.related - self.unrelated, _LEAST_SPAN)

    def of(self, cosine: float) -> float:
        """0 for everything where the encoder cannot tell the two languages' texts apart."""
        if self.blind:
            return 0.0
        return (cosine - self.unrelated) / self.span


class Likeness:
    """Vectors and scales of one encoder. Every method gives None where it cannot work."""

    def __init__(self, encoder: Encoder | None) -> None:
        self._encoder = encoder
        self._vectors: OrderedDict[tuple[EmbeddingKind, str], NDArray[np.float32]] = OrderedDict()
        self._scales: dict[tuple[str, str], Scale] = {}

    @property
    def name(self) -> str:
        return self._encoder.name if self._encoder else ""

    async def vectors(self, texts: Sequence[str], kind: EmbeddingKind) -> Vectors | None:
        """float32 of shape ``(len(texts), dimension)``; None where the encoder cannot work."""
        if self._encoder is None or not texts:
            return None
        found = {text: self._vectors.get((kind, text)) for text in texts}
        new = [text for text, vector in found.items() if vector is None]
        try:
            made = await self._encoder.embed(new, kind) if new else ()
        except InferenceError as error:
            logger.warning("going on without the encoder: %s %s", error, error.hint)
            return None
        for text, vector in zip(new, made, strict=True):
            found[text] = self._vectors[kind, text] = vector
        while len(self._vectors) > _MOST_VECTORS:
            self._vectors.popitem(last=False)
        return np.stack([vector for text in texts if (vector := found[text]) is not None])

    async def scale(self, asked: str, answered: str) -> Scale | None:
        """The scale for questions in the language ``asked`` and texts in ``answered``."""
        key = (asked if asked in ANCHORS else "en", answered if answered in ANCHORS else "en")
        if key not in self._scales:
            questions = await self.vectors([q for q, _ in ANCHORS[key[0]]], "query")
            answers = await self.vectors([a for _, a in ANCHORS[key[1]]], "passage")
            if questions is None or answers is None:
                return None
            cosines = questions @ answers.T
            same = np.eye(len(cosines), dtype=bool)
            made = Scale(float(cosines[~same].mean()), float(cosines[same].mean()))
            if made.blind and key[0] != key[1]:
                # It does not know both languages; names and figures are all that they share.
                own = await self.scale(asked, asked)
                made = own or made
            self._scales[key] = made
        return self._scales[key]
