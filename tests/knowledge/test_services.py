from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from backend.knowledge import services
from backend.knowledge.models import Article, Passage
from backend.knowledge.services import ImportRefused, import_folder

pytestmark = pytest.mark.django_db
Write = Callable[..., Path]


def test_files_become_articles_with_passages_and_links(write: Write) -> None:
    write("en/returns.md", "You have 30 days.\n\n## Steps\n\n1. Pack it.\n2. Post it.")
    folder = write("zh/returns.md", "您有 30 天。", "title: 退货")
    report = import_folder("shop", folder, url_template="https://x.example/{language}/{slug}")
    assert (report.created, report.updated, report.unchanged) == (2, 0, 0)
    english = Article.objects.get(language="en")
    assert english.url == "https://x.example/en/returns"
    assert [p.heading for p in english.passages.all()] == ["", "Steps"]
    assert Article.objects.get(language="zh").title == "退货"


def test_a_second_import_touches_only_what_changed(write: Write) -> None:
    write("en/a.md", "Alpha.")
    folder = write("en/b.md", "Beta.")
    import_folder("shop", folder)
    Passage.objects.update(encoder="bag:1", embedding=b"1234")
    write("en/b.md", "Beta two.")
    report = import_folder("shop", folder)
    assert (report.created, report.updated, report.unchanged) == (0, 1, 1)
    assert Passage.objects.get(article__slug="a").encoder == "bag:1"
    assert Passage.objects.get(article__slug="b").encoder == ""


def test_an_article_edited_by_hand_stays_while_its_file_does(write: Write) -> None:
    folder = write("en/a.md", "Alpha.")
    import_folder("shop", folder)
    article = Article.objects.get()
    article.body = "Mended by hand."
    services.save_article(article)
    assert import_folder("shop", folder).unchanged == 1
    assert Passage.objects.get().text == "Mended by hand."


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"---\ntitle: T\n---\n", "has no text"),
        (b"---\ntags: [a]\n---\nText.", "has no title"),
        (b"No front matter at all.", "has no title"),
        (b"---\ntitle: a: b: [\n---\nText.", "not YAML"),
        (b"---\n- a\n- b\n---\nText.", "has no title"),
        (b"---\ntitle: T\n---\nCaf\xe9", "is not UTF-8"),
        (b"---\ntitle: T\n---\n\x00\x01", "is not a text file"),
        (b"---\ntitle: T\n---\n" + b"word " * 250_000, "is too big"),
        (b"---\ntitle: T\nlanguage: [en]\n---\nText.", "has the language"),
        (b"---\ntitle: T\ntags: 5\n---\nText.", "tags that are not a list"),
        (b"---\ntitle: T\nslug: '!!'\n---\nText.", "no usable slug"),
        (b"", "has no title"),
    ],
)
def test_a_bad_file_is_named_and_the_rest_is_imported(
    write: Write, data: bytes, words: str
) -> None:
    folder = write("en/good.md")
    (folder / "en" / "bad.md").write_bytes(data)
    report = import_folder("shop", folder)
    assert report.created == 1
    assert [p.path for p in report.problems] == ["en/bad.md"]
    assert words in report.problems[0].message


def test_two_files_with_one_slug_are_both_named(write: Write) -> None:
    write("en/a.md", "One.")
    folder = write("en/more/a.md", "Two.")
    (problem,) = import_folder("shop", folder).problems
    assert problem.path == "en/more/a.md"
    assert "en/a.md" in problem.message


def test_pruning_removes_what_no_file_makes_but_not_beside_a_bad_file(write: Write) -> None:
    write("en/a.md")
    folder = write("en/b.md")
    import_folder("shop", folder)
    (folder / "en" / "b.md").unlink()
    (folder / "en" / "bad.md").write_bytes(b"\xff")
    assert import_folder("shop", folder, prune=True).removed == 0
    (folder / "en" / "bad.md").unlink()
    assert import_folder("shop", folder, prune=True).removed == 1


def test_sites_keep_their_own_articles(write: Write) -> None:
    folder = write("en/a.md")
    import_folder("one", folder)
    import_folder("two", folder)
    assert Article.objects.for_site("one").count() == 1


def test_a_folder_that_is_none_and_a_bad_template_are_refused(write: Write, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="is not a folder"):
        import_folder("shop", tmp_path / "nowhere")
    with pytest.raises(ImportRefused, match="no Markdown files"):
        import_folder("shop", tmp_path)
    with pytest.raises(ImportRefused, match=r"only \{language\} and \{slug\}"):
        import_folder("shop", write("en/a.md"), url_template="/{page}/")


@pytest.mark.django_db(transaction=True)
def test_the_command_counts_and_names_what_it_left_out(write: Write) -> None:
    folder = write("en/a.md")
    write("en/b.md", "", "title: Empty")
    out, err = StringIO(), StringIO()
    call_command("import_articles", folder, site="shop", stdout=out, stderr=err)
    assert "1 created" in out.getvalue()
    assert "en/b.md: has no text" in err.getvalue()


def test_the_command_fails_where_nothing_could_be_imported(write: Write, tmp_path: Path) -> None:
    folder = write("en/b.md", "", "title: Empty")
    with pytest.raises(CommandError, match="no article could be imported"):
        call_command("import_articles", folder, site="shop", stderr=StringIO())
    with pytest.raises(CommandError, match="is not a folder"):
        call_command("import_articles", tmp_path / "no", site="shop")
