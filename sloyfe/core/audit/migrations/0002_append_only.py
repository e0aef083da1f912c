"""From here on the database itself keeps the logs as they were written."""

from django.db import migrations

from sloyfe.core.audit import triggers


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(triggers.install, triggers.remove)]
