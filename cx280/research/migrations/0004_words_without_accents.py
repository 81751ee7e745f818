"""Insights are found by their words without accents."""

from django.db import migrations

from cx280.research.rules.searching import folded


def fold(apps, schema_editor):
    insights = apps.get_model("research", "Insight").objects
    for pk, words in insights.values_list("pk", "words").iterator():
        if (plain := folded(words)) != words:
            insights.filter(pk=pk).update(words=plain)


class Migration(migrations.Migration):
    dependencies = [("research", "0003_who_could_use_a_service")]

    operations = [migrations.RunPython(fold, migrations.RunPython.noop)]
