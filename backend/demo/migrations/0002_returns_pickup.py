"""Returns may be picked up; what the way back costs is no longer a label's price alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("demo", "0001_initial")]

    operations = [
        migrations.RenameField("returnrequest", "label_charge", "charge"),
        migrations.AlterField(
            "returnrequest",
            "charge",
            models.PositiveIntegerField(default=0, help_text="For the way back, in pence."),
        ),
        migrations.AlterField(
            "returnrequest",
            "amount",
            models.PositiveIntegerField(help_text="To be refunded after the charge, in pence."),
        ),
        migrations.AddField(
            "returnrequest", "pickup_on", models.DateField(null=True, blank=True)
        ),
        migrations.AlterField(
            "returnrequest",
            "via",
            models.CharField(
                max_length=10,
                choices=[("post", "Post"), ("store", "Store"), ("pickup", "Pickup")],
            ),
        ),
    ]
