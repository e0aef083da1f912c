from django.db import migrations

COLUMNS = "kind, gram, document, weight"


def keep_rows_in_the_key(apps, schema_editor):
    """On SQLite the postings lie in their key's own tree, with no table beside it: half the size.

    A later migration that makes SQLite remake the table loses this, and nothing but the saving.
    """
    if schema_editor.connection.vendor != "sqlite":
        return
    schema_editor.execute(
        "CREATE TABLE search_posting_new (kind smallint NOT NULL, gram bigint NOT NULL, "
        f"document integer NOT NULL, weight smallint NOT NULL, PRIMARY KEY ({COLUMNS})) WITHOUT ROWID"
    )
    schema_editor.execute(f"INSERT INTO search_posting_new SELECT {COLUMNS} FROM search_posting")
    schema_editor.execute("DROP TABLE search_posting")
    schema_editor.execute("ALTER TABLE search_posting_new RENAME TO search_posting")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(keep_rows_in_the_key, migrations.RunPython.noop)]
