"""``export_schema`` and ``import_schema``: bots in and out as files."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command

from backend.schemas import draft, services
from backend.schemas.document import Document, dump, load
from backend.schemas.models import Bot, Slot
from backend.schemas.scripts import Script, ScriptTurn

pytestmark = pytest.mark.django_db
TESTS = (Script(name="Return", turns=[ScriptTurn(say="I want to return the boots")]),)


@pytest.fixture
def file(tmp_path, shop):
    path = tmp_path / "bot.yaml"
    path.write_text(dump(Document(shop)))
    return path


@pytest.fixture(autouse=True)
def tester(settings):
    settings.KEFU_BOT_TESTER = ""


def run(capsys, *arguments):
    call_command(*map(str, arguments))
    return capsys.readouterr().out


def test_export_writes_what_is_live_and_the_tests(bot, operator, shop, capsys, tmp_path):
    services.publish(bot, operator, bot.revision)
    services.save_test(bot, TESTS[0])
    services.delete_piece(
        Slot.objects.get(name="kind"), operator, Slot.objects.get(name="kind").revision
    )
    assert load(run(capsys, "export_schema", "demo")) == Document(shop, TESTS)
    assert load(run(capsys, "export_schema", "demo", "--version", 1)).schema == shop
    assert load(run(capsys, "export_schema", "demo", "--draft")).schema == draft.read(bot)
    path = tmp_path / "bot.json"
    call_command("export_schema", "demo", output=path)
    assert json.loads(path.read_text())["kefu_schema"] == 1
    assert "s3cret" not in path.read_text()


def test_export_before_anything_was_published_writes_the_draft(bot, shop, capsys):
    assert load(run(capsys, "export_schema", "demo")) == Document(shop)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nope"], "No site “nope” has a bot. Sites with one: demo."),
        (["demo", "--version", "3"], "There is no version 3: nothing was published yet."),
        (["demo", "--output", "/nowhere/bot.yaml"], "/nowhere/bot.yaml cannot be written"),
    ],
)
def test_export_says_what_is_wrong(bot, arguments, says):
    with pytest.raises(CommandError) as error:
        call_command("export_schema", *arguments)
    assert says in str(error.value)


def test_import_makes_a_bot_of_a_file_and_says_what_it_needs(site, shop, file, capsys):
    said = run(capsys, "import_schema", file, "--site", "demo")
    assert "Service “Orders”: added" in said
    assert "The secret “shop_key” is not set" in said
    bot = Bot.objects.get()
    assert draft.read(bot) == shop
    assert bot.live is None


def test_import_publishes_when_that_is_asked_for(bot, shop, file, capsys):
    said = run(capsys, "import_schema", file, "--site", "demo", "--publish", "--note", "By hand")
    assert "The draft says the same already." in said
    assert "Version 1 is live." in said
    assert Bot.objects.get().live.note == "By hand"
    assert "Nothing to publish" in run(capsys, "import_schema", file, "--site", "demo", "--publish")


def test_a_dry_run_changes_nothing(site, file, capsys):
    assert "nothing was changed" in run(
        capsys, "import_schema", file, "--site", "demo", "--dry-run"
    )
    assert not Bot.objects.exists()


def test_import_with_warnings_is_published_only_if_they_are_accepted(site, file, capsys):
    with pytest.raises(
        CommandError, match="mend the warning named above, or add --accept-warnings"
    ):
        call_command("import_schema", file, site="demo", publish=True)
    assert not Bot.objects.exists()
    run(capsys, "import_schema", file, "--site", "demo", "--publish", "--accept-warnings")
    assert Bot.objects.get().live.number == 1


def test_import_with_errors_makes_a_draft_and_no_version(bot, shop, file, capsys):
    file.write_text(file.read_text().replace("{{ order }}?", "{{ oder }}?"))
    with pytest.raises(
        CommandError, match="Nothing was imported: mend the error named above first"
    ):
        call_command("import_schema", file, site="demo", publish=True)
    assert draft.read(bot) == shop
    assert "error: orders › intent return_item › replies.confirm.en" in run(
        capsys, "import_schema", file, "--site", "demo"
    )
    assert draft.read(bot) != shop


def test_import_that_fails_its_tests_stays_a_draft(bot, shop, file):
    file.write_text(dump(Document(shop, TESTS)))
    with pytest.raises(CommandError, match="imported and not published"):
        call_command("import_schema", file, site="demo", publish=True)
    assert bot.tests.count() == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("kefu_schema: 2", "is newer than this Kefu reads"),
        ("kefu_schema: 1\nnmae: x", "Did you mean “name”?"),
        ("a: [", "Line 2"),
    ],
)
def test_import_says_what_is_wrong_with_a_file(site, file, capsys, text, says):
    file.write_text(text)
    with pytest.raises(CommandError, match="was not imported; mend"):
        call_command("import_schema", file, site="demo")
    assert says in capsys.readouterr().err


def test_import_of_names_that_lead_nowhere_changes_nothing(bot, shop, file):
    file.write_text(file.read_text().replace("action: create_return", "action: create"))
    with pytest.raises(CommandError, match="Nothing was imported"):
        call_command("import_schema", file, site="demo")
    assert draft.read(bot) == shop
    Bot.objects.all().delete()
    with pytest.raises(CommandError, match="Nothing was imported"):
        call_command("import_schema", file, site="demo")
    assert not Bot.objects.exists()


def test_import_needs_a_file_and_a_site(site, tmp_path, file):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("import_schema", tmp_path / "none.yaml", site="demo")
    with pytest.raises(CommandError, match="There is no site “nope”"):
        call_command("import_schema", file, site="nope")
