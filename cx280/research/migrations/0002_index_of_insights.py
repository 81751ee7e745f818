"""Puts the index in place that a search of insights uses."""

from django.db import migrations

from cx280.research.index import putting_up, taking_down


def put_up(apps, schema_editor):
    for statement in putting_up(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def take_down(apps, schema_editor):
    for statement in taking_down(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("research", "0001_studies_rounds_insights")]

    operations = [migrations.RunPython(put_up, take_down)]
