"""Addresses and secrets that stood readable are encrypted, and what they stood in is wiped."""

from django.db import migrations, models
from django.db.models import Q

from cx280.delivery.sealing import hashed, sealed


def wipe_what_is_deleted(apps, schema_editor):
    """SQLite else leaves what was deleted in pages that it may use again."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("PRAGMA secure_delete = ON")


def seal(apps, schema_editor):
    """Each address and its secrets, encrypted; the readable ones are emptied, not only dropped:
    PostgreSQL keeps the values of a dropped column in its rows.
    """
    for each in apps.get_model("alarms", "Contact").objects.all():
        each.sealed_address = sealed(each.address) if each.address else ""
        each.address_hash = hashed(each.address) if each.address else ""
        each.sealed_secrets = sealed("\n".join(each.secrets)) if each.secrets else ""
        each.address, each.secrets = "", []
        each.save()


class Migration(migrations.Migration):

    dependencies = [
        ('alarms', '0002_digests_and_replays'),
    ]

    operations = [
        migrations.RunPython(wipe_what_is_deleted, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name='contact',
            name='a_contact_of_a_unit_has_an_address',
        ),
        migrations.RemoveConstraint(
            model_name='contact',
            name='a_person_names_an_address_once',
        ),
        migrations.RemoveConstraint(
            model_name='contact',
            name='a_unit_names_an_address_once',
        ),
        migrations.AddField(
            model_name='contact',
            name='sealed_address',
            field=models.TextField(blank=True, default=''),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='contact',
            name='address_hash',
            field=models.CharField(blank=True, default='', max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='contact',
            name='sealed_secrets',
            field=models.TextField(blank=True, default=''),
            preserve_default=False,
        ),
        migrations.RunPython(seal),
        migrations.RemoveField(
            model_name='contact',
            name='address',
        ),
        migrations.RemoveField(
            model_name='contact',
            name='secrets',
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=Q(person__isnull=False) | ~Q(sealed_address=''), name='a_contact_of_a_unit_has_an_address'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=Q(sealed_address='', address_hash='') | (~Q(sealed_address='') & ~Q(address_hash='')), name='an_address_is_known_by_its_hash'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.UniqueConstraint(fields=('person', 'channel', 'address_hash'), name='a_person_names_an_address_once'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.UniqueConstraint(fields=('unit', 'channel', 'address_hash'), name='a_unit_names_an_address_once'),
        ),
    ]
