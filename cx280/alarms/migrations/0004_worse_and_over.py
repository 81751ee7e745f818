"""Those who were told of an incident are told when it is clearly worse and when it is over."""

import django.db.models.deletion
from django.db import migrations, models


def nobody_is_told_late(apps, schema_editor):
    """What was over before it was told that something is over stays untold."""
    flips = apps.get_model("alarms", "Flip").objects
    flips.filter(after="resolved", rung_at__isnull=True).update(rung_at=models.F("at"))


class Migration(migrations.Migration):

    dependencies = [
        ('alarms', '0003_addresses_are_sealed'),
    ]

    operations = [
        migrations.CreateModel(
            name='Worsening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.DateTimeField()),
                ('end', models.DateTimeField()),
                ('seen', models.FloatField()),
                ('expected', models.FloatField(blank=True, null=True)),
                ('low', models.FloatField(blank=True, null=True)),
                ('high', models.FloatField(blank=True, null=True)),
                ('n', models.PositiveBigIntegerField()),
                ('once_in_days', models.FloatField()),
                ('silent', models.BooleanField(default=False)),
            ],
        ),
        migrations.AddField(
            model_name='contact',
            name='tells_over',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='contact',
            name='tells_worse',
            field=models.BooleanField(default=True),
        ),
        migrations.AlterField(
            model_name='flip',
            name='cause',
            field=models.CharField(choices=[('found', 'found'), ('person', 'by a person'), ('woke', 'the time it was put off is over'), ('escalated', 'nobody had taken it'), ('worsened', 'clearly worse'), ('recovered', 'back to what was to be expected'), ('muted', 'no longer watched')], max_length=12),
        ),
        migrations.AddConstraint(
            model_name='flip',
            constraint=models.UniqueConstraint(condition=models.Q(('cause', 'worsened')), fields=('incident',), name='an_incident_worsens_once'),
        ),
        migrations.AddField(
            model_name='worsening',
            name='flip',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='worsening', to='alarms.flip'),
        ),
        migrations.AddField(
            model_name='worsening',
            name='part',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='alarms.part'),
        ),
        migrations.RunPython(nobody_is_told_late, migrations.RunPython.noop),
    ]
