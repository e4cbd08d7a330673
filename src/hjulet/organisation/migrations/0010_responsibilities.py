import django.db.models.deletion
import hjulet.organisation.roles.roles
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisation', '0009_delegations'),
    ]

    operations = [
        migrations.CreateModel(
            name='ExpectedRole',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=hjulet.organisation.roles.roles.role_choices, max_length=40, unique=True, verbose_name='roll')),
                ('unit_kind', models.CharField(choices=[('municipality', 'Kommun'), ('committee', 'Nämnd'), ('administration', 'Förvaltning'), ('unit', 'Enhet'), ('group', 'Grupp'), ('provider', 'Utförare')], max_length=20, verbose_name='i varje')),
            ],
            options={
                'verbose_name': 'roll som ska finnas',
                'ordering': ['role'],
            },
        ),
        migrations.CreateModel(
            name='OrganisationText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(unique=True, verbose_name='nyckel')),
                ('title', models.CharField(max_length=200, verbose_name='rubrik')),
                ('body', models.TextField(max_length=20000, verbose_name='text')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='ordning')),
            ],
            options={
                'verbose_name': 'text om organisationen',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ResponsibilityArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(unique=True, verbose_name='nyckel')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='namn')),
                ('explanation', models.TextField(max_length=2000, verbose_name='vad ingår')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='ordning')),
                ('valid_from', models.DateField(verbose_name='gäller från')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gäller till och med')),
            ],
            options={
                'verbose_name': 'ansvarsområde',
                'ordering': ['order', 'name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='responsibility_area_dates_in_order', violation_error_message='Slutdatum ska vara samma dag som startdatum eller senare.')],
            },
        ),
        migrations.CreateModel(
            name='AreaResponsibility',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('role', models.CharField(choices=hjulet.organisation.roles.roles.role_choices, max_length=40, verbose_name='ansvarig roll')),
                ('plans', models.BooleanField(default=False, verbose_name='planerar')),
                ('leads', models.BooleanField(default=False, verbose_name='leder')),
                ('controls', models.BooleanField(default=False, verbose_name='kontrollerar')),
                ('follows_up', models.BooleanField(default=False, verbose_name='följer upp')),
                ('evaluates', models.BooleanField(default=False, verbose_name='utvärderar')),
                ('improves', models.BooleanField(default=False, verbose_name='förbättrar')),
                ('comment', models.TextField(blank=True, max_length=1000, verbose_name='kommentar')),
                ('valid_from', models.DateField(verbose_name='gäller från')),
                ('valid_to', models.DateField(blank=True, editable=False, null=True, verbose_name='gäller till och med')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit', verbose_name='enhet')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responsibilities', to='organisation.responsibilityarea', verbose_name='område')),
            ],
            options={
                'verbose_name': 'ansvar för ett område',
                'ordering': ['area__order', 'area__name', 'unit__path', 'role', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('plans', True), ('leads', True), ('controls', True), ('follows_up', True), ('evaluates', True), ('improves', True), _connector='OR'), name='area_responsibility_answers_for_something', violation_error_message='Välj minst en sak som rollen ansvarar för.'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='area_responsibility_dates_in_order', violation_error_message='Slutdatum ska vara samma dag som startdatum eller senare.'), models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('area', 'unit', 'role'), name='area_responsibility_open_once', violation_error_message='Rollen ansvarar redan för området där. Ändra det ansvaret.')],
            },
        ),
    ]
