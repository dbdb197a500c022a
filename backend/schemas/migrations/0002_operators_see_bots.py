"""Operators of an installation that is older than the bots may look at them too.

Runs once, so that an administrator can take the permissions away again. A new installation has no
such group yet; it is made with them after the migrations.
"""

from django.contrib.auth.management import create_permissions
from django.db import migrations

SEEN = ("bot", "version", "service", "intent", "slot", "action", "bottest")


def grant(apps, schema_editor):
    using = schema_editor.connection.alias
    group = apps.get_model("auth", "Group").objects.using(using).filter(name="Operators").first()
    if group is None:
        return
    config = apps.get_app_config("schemas")
    config.models_module = True  # else Django takes the app of a migration for one without models
    create_permissions(config, verbosity=0, using=using, apps=apps)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    group.permissions.add(
        *permissions.filter(
            content_type__app_label="schemas", codename__in=[f"view_{model}" for model in SEEN]
        )
    )


class Migration(migrations.Migration):
    dependencies = [
        ("schemas", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
