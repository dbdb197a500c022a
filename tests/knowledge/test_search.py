from __future__ import annotations

import pytest

from backend.knowledge.models import Article, Passage
from backend.knowledge.search import HybridSearch
from backend.knowledge.services import save_article
from tests.dialogue.conftest import BagEncoder

pytestmark = pytest.mark.django_db(transaction=True)


async def article(
    slug: str, title: str, body: str, language: str = "en", **more: object
) -> Article:
    made = Article(
        site_key="shop",
        language=language,
        slug=slug,
        title=title,
        body=body,
        url=f"/{slug}/",
        **more,
    )
    await save(made)
    return made


async def save(made: Article) -> None:
    from channels.db import database_sync_to_async

    await database_sync_to_async(save_article)(made)


async def titles(search: HybridSearch, query: str, language: str = "en") -> list[str]:
    return [p.title for p in await search.search("shop", query, language=language)]


async def test_the_right_article_comes_first(encoder: BagEncoder) -> None:
    await article("returns", "Returns", "Send unused items back within 60 days.")
    await article("delivery", "Delivery", "Standard delivery costs £3.95.")
    search = HybridSearch(encoder)
    assert (await titles(search, "what does delivery cost"))[0] == "Delivery"
    assert (await titles(search, "what does delivrey cost"))[0] == "Delivery"


async def test_words_that_customers_use_for_the_same_thing_find_it(encoder: BagEncoder) -> None:
    await article("returns", "Returns", "Send unused items back within 60 days.")
    await article("delivery", "Delivery", "Standard delivery costs £3.95.")
    encoder.broken = True
    assert (await titles(HybridSearch(encoder), "how much is postage"))[0] == "Delivery"


async def test_translations_give_way_to_the_visitors_language(encoder: BagEncoder) -> None:
    await article("returns", "Returns", "Return unused items within 60 days.")
    await article("returns", "退货", "未使用的商品可在 60 天内退货。", "zh")
    await article("rent", "Renting", "A tent costs £28 for a weekend.")
    search = HybridSearch(encoder)
    chinese = await titles(search, "退货", "zh")
    assert chinese[0] == "退货"
    assert "Returns" not in chinese
    assert "Renting" in await titles(search, "租帐篷多少钱", "zh")
    assert "退货" not in await titles(search, "return items", "en")


async def test_what_another_process_changes_is_seen_at_the_next_search(
    encoder: BagEncoder,
) -> None:
    first = await article("a", "Alpha", "Apples are red.")
    mine, other = HybridSearch(encoder), HybridSearch(encoder)
    assert await titles(mine, "apples") == ["Alpha"]
    await article("b", "Beta", "Bananas are yellow.")
    assert (await titles(other, "bananas"))[0] == "Beta"
    assert (await titles(mine, "bananas"))[0] == "Beta"
    first.published = False
    await save(first)
    assert "Alpha" not in await titles(mine, "apples")
    await Article.objects.all().adelete()
    assert await titles(mine, "apples") == []


async def test_passages_are_embedded_once_and_again_for_another_encoder(
    encoder: BagEncoder,
) -> None:
    await article("a", "Alpha", "Apples are red.")
    await titles(HybridSearch(encoder), "apples")
    assert (await Passage.objects.aget()).encoder == "bag:1"
    encoder.name = "bag:2"
    await titles(HybridSearch(encoder), "apples")
    assert (await Passage.objects.aget()).encoder == "bag:2"


async def test_without_an_encoder_words_are_searched_until_it_is_back(encoder: BagEncoder) -> None:
    await article("a", "Alpha", "Apples are red.")
    await article("b", "Beta", "Bananas are yellow.")
    search = HybridSearch(encoder)
    encoder.broken = True
    (found,) = await search.search("shop", "red apples", language="en")
    assert (found.title, found.similarity) == ("Alpha", 0.0)
    encoder.broken = False
    assert (await search.search("shop", "red apples", language="en"))[0].similarity > 0.3


async def test_a_site_without_articles_finds_nothing(encoder: BagEncoder) -> None:
    assert await titles(HybridSearch(encoder), "anything") == []


async def test_passages_bring_the_vectors_of_their_title_and_sentences(encoder: BagEncoder) -> None:
    await article("delivery", "Delivery", "Standard costs £3.95. Express costs £6.95.")
    (found,) = await HybridSearch(encoder).search("shop", "express", language="en")
    expected = await encoder.embed(
        ["Delivery", "Delivery: Standard costs £3.95.", "Delivery: Express costs £6.95."], "passage"
    )
    assert found.vectors.shape == expected.shape
    assert (found.vectors == expected).all()


async def test_passages_of_before_there_were_sentence_vectors_are_embedded_again(
    encoder: BagEncoder,
) -> None:
    await article("delivery", "Delivery", "Standard costs £3.95.")
    await HybridSearch(encoder).search("shop", "express", language="en")
    await Passage.objects.all().aupdate(sentences=None)
    (found,) = await HybridSearch(encoder).search("shop", "express", language="en")
    assert found.vectors is not None


async def test_a_new_title_is_embedded_again(encoder: BagEncoder) -> None:
    made = await article("delivery", "Delivery", "Standard costs £3.95.")
    search = HybridSearch(encoder)
    await search.search("shop", "express", language="en")
    made.title = "Postage"
    await save(made)
    (found,) = await search.search("shop", "express", language="en")
    expected = await encoder.embed(["Postage"], "passage")
    assert (found.vectors[0] == expected[0]).all()
