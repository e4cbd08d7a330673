import django.db.models.deletion
import hjulet.organisation.owners
import hjulet.organisation.roles.roles
import hjulet.rulebook.laws.acts
from django.conf import settings
from django.db import migrations, models

from hjulet.base.triggers import AppendOnly, Settled, SettledWith


class Migration(migrations.Migration):

    dependencies = [
        ('organisation', '0009_delegations'),
        ('rulebook', '0003_documents'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Process',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('owner_role', models.CharField(blank=True, choices=hjulet.organisation.roles.roles.role_choices, max_length=40, verbose_name='ansvarig roll')),
                ('title', models.CharField(max_length=200, verbose_name='process')),
                ('acts', models.JSONField(blank=True, default=list, validators=[hjulet.rulebook.laws.acts.validate_acts], verbose_name='enligt')),
                ('next_review_date', models.DateField(blank=True, null=True, verbose_name='ses över senast')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('owner_person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ansvarig person')),
                ('quality_area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='processes', to='rulebook.qualityarea', verbose_name='kvalitetsområde')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit', verbose_name='enhet')),
            ],
            options={
                'verbose_name': 'process',
                'ordering': ['title', 'pk'],
                'indexes': [
                    models.Index(fields=['title', 'id'], name='process_in_order'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('owner_person', None), ('owner_role', ''), _connector='OR'), name='rulebook_process_one_owner', violation_error_message='Välj en person eller en roll som ansvarig, inte båda.'),
                ],
            },
            bases=(hjulet.organisation.owners.Ownership, models.Model),
        ),
        migrations.CreateModel(
            name='ProcessVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('decided_by_name', models.CharField(blank=True, editable=False, max_length=400, verbose_name='beslutat av')),
                ('decided_by_title', models.CharField(blank=True, editable=False, max_length=200, verbose_name='titel')),
                ('decided_on', models.DateField(editable=False, null=True, verbose_name='beslutsdag')),
                ('delegation_text', models.CharField(blank=True, editable=False, max_length=1000, verbose_name='enligt')),
                ('number', models.PositiveSmallIntegerField(default=1, editable=False, verbose_name='version')),
                ('state', models.CharField(choices=[('draft', 'Utkast'), ('in_review', 'På granskning'), ('adopted', 'Fastställd'), ('superseded', 'Ersatt'), ('withdrawn', 'Upphävd')], default='draft', editable=False, max_length=20, verbose_name='läge')),
                ('purpose', models.TextField(blank=True, max_length=4000, verbose_name='syfte')),
                ('inputs', models.TextField(blank=True, max_length=2000, verbose_name='vad som startar processen')),
                ('results', models.TextField(blank=True, max_length=2000, verbose_name='vad processen ger')),
                ('measures', models.TextField(blank=True, max_length=2000, verbose_name='hur vi mäter att den fungerar')),
                ('changes', models.TextField(blank=True, max_length=600, verbose_name='vad som har ändrats')),
                ('adopted_date', models.DateField(editable=False, null=True, verbose_name='fastställd')),
                ('ended_date', models.DateField(editable=False, null=True, verbose_name='gäller till och med')),
                ('bpmn_key', models.CharField(blank=True, editable=False, max_length=200)),
                ('kept', models.JSONField(blank=True, default=list, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('decided_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='beslutat av')),
                ('decision', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='process_versions', to='organisation.decision', verbose_name='nämndens beslut')),
                ('delegation', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.delegation', verbose_name='delegation')),
                ('process', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='rulebook.process')),
                ('provisions', models.ManyToManyField(blank=True, related_name='processes', to='rulebook.provision', verbose_name='lagrum')),
            ],
            options={
                'verbose_name': 'version av process',
                'ordering': ['process', '-number'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('decided_by', None), ('decided_by_name', ''), ('decided_by_title', ''), ('decided_on', None), ('delegation', None)), models.Q(('decided_by__isnull', False), ('decided_on__isnull', False), models.Q(('decided_by_name', ''), _negated=True)), _connector='OR'), name='rulebook_processversion_decided_whole'),
                    models.CheckConstraint(condition=models.Q(models.Q(('delegation', None), ('delegation_text', '')), models.Q(('delegation__isnull', False), models.Q(('delegation_text', ''), _negated=True)), _connector='OR'), name='rulebook_processversion_delegation_in_words'),
                    models.UniqueConstraint(fields=('process', 'number'), name='process_version_once'),
                    models.UniqueConstraint(condition=models.Q(('state__in', ('draft', 'in_review'))), fields=('process',), name='process_one_undecided', violation_error_message='Det finns redan ett utkast till en ny version.'),
                    models.UniqueConstraint(condition=models.Q(('state', 'adopted')), fields=('process',), name='process_one_adopted'),
                    models.CheckConstraint(condition=models.Q(models.Q(('adopted_date', None), ('decided_by', None), ('decision', None), ('state__in', ('draft', 'in_review'))), models.Q(('adopted_date__isnull', False), ('state__in', ('adopted', 'superseded', 'withdrawn')), models.Q(models.Q(('decided_by', None), ('decision__isnull', False)), models.Q(('decided_by__isnull', False), ('decision', None)), _connector='OR')), _connector='OR'), name='process_version_adopted_by_someone_some_day'),
                    models.CheckConstraint(condition=models.Q(('ended_date', None), ('state__in', ['superseded', 'withdrawn']), _connector='XOR'), name='process_version_ended_some_day'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('order', models.PositiveSmallIntegerField(editable=False, verbose_name='ordning')),
                ('kind', models.CharField(choices=[('task', 'Aktivitet'), ('sub_process', 'Delprocess'), ('exclusive', 'Val av en väg'), ('parallel', 'Alla vägar samtidigt'), ('inclusive', 'Val av en eller flera vägar'), ('start', 'Start'), ('end', 'Slut'), ('event', 'Händelse på vägen')], default='task', max_length=20, verbose_name='slag')),
                ('title', models.CharField(max_length=300, verbose_name='vad görs')),
                ('description', models.TextField(blank=True, max_length=4000, verbose_name='beskrivning')),
                ('role', models.CharField(blank=True, choices=hjulet.organisation.roles.roles.role_choices, max_length=40, verbose_name='utförs av rollen')),
                ('lane', models.CharField(blank=True, max_length=300, verbose_name='eller av någon annan')),
                ('pool', models.CharField(blank=True, editable=False, max_length=300, verbose_name='organisation')),
                ('is_collaboration', models.BooleanField(default=False, verbose_name='kräver samverkan')),
                ('parties', models.TextField(blank=True, max_length=1000, verbose_name='samverkar med utanför kommunen')),
                ('stops', models.BooleanField(default=False, verbose_name='processen slutar här')),
                ('key', models.CharField(editable=False, max_length=160)),
                ('element', models.CharField(blank=True, choices=[('startEvent', 'startEvent'), ('endEvent', 'endEvent'), ('intermediateThrowEvent', 'intermediateThrowEvent'), ('intermediateCatchEvent', 'intermediateCatchEvent'), ('boundaryEvent', 'boundaryEvent'), ('task', 'task'), ('userTask', 'userTask'), ('manualTask', 'manualTask'), ('serviceTask', 'serviceTask'), ('sendTask', 'sendTask'), ('receiveTask', 'receiveTask'), ('scriptTask', 'scriptTask'), ('businessRuleTask', 'businessRuleTask'), ('subProcess', 'subProcess'), ('transaction', 'transaction'), ('adHocSubProcess', 'adHocSubProcess'), ('callActivity', 'callActivity'), ('exclusiveGateway', 'exclusiveGateway'), ('eventBasedGateway', 'eventBasedGateway'), ('parallelGateway', 'parallelGateway'), ('inclusiveGateway', 'inclusiveGateway'), ('complexGateway', 'complexGateway')], editable=False, max_length=40)),
                ('called_key', models.CharField(blank=True, editable=False, max_length=200)),
                ('kept', models.JSONField(blank=True, default=dict, editable=False)),
                ('routines', models.ManyToManyField(blank=True, related_name='activities', to='rulebook.governingdocument', verbose_name='rutiner')),
                ('units', models.ManyToManyField(blank=True, related_name='+', to='organisation.unit', verbose_name='samverkar med enheterna')),
                ('calls', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='rulebook.process', verbose_name='beskrivs i processen')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='rulebook.processversion')),
                ('attached_to', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='rulebook.activity')),
                ('inside', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inner_activities', to='rulebook.activity')),
            ],
            options={
                'verbose_name': 'aktivitet',
                'ordering': ['version', 'order'],
                'constraints': [
                    models.UniqueConstraint(fields=('version', 'order'), name='activity_place_once'),
                    models.UniqueConstraint(fields=('version', 'key'), name='activity_key_once'),
                    models.CheckConstraint(condition=models.Q(('role', ''), ('lane', ''), _connector='OR'), name='activity_one_role', violation_error_message='Välj en roll eller skriv vem, inte båda.'),
                    models.CheckConstraint(condition=models.Q(('calls', None), ('kind', 'sub_process'), _connector='OR'), name='activity_calls_when_sub_process', violation_error_message='Bara en delprocess kan beskrivas i en annan process.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ProcessStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('move', models.CharField(max_length=40)),
                ('from_state', models.CharField(max_length=40)),
                ('to_state', models.CharField(max_length=40)),
                ('reason', models.TextField(blank=True)),
                ('by_name', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='rulebook.processversion')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ImportedFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='fil')),
                ('content', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='rulebook.processversion')),
            ],
            options={
                'verbose_name': 'inläst BPMN-fil',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Flow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(blank=True, max_length=300, verbose_name='om')),
                ('is_message', models.BooleanField(default=False, editable=False)),
                ('is_default', models.BooleanField(default=False, editable=False)),
                ('key', models.CharField(editable=False, max_length=160)),
                ('kept', models.JSONField(blank=True, default=dict, editable=False)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outgoing', to='rulebook.activity', verbose_name='efter')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='incoming', to='rulebook.activity', verbose_name='går det till')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='flows', to='rulebook.processversion')),
            ],
            options={
                'verbose_name': 'väg',
                'ordering': ['version', 'source__order', 'pk'],
                'constraints': [
                    models.UniqueConstraint(fields=('version', 'key'), name='flow_key_once'),
                ],
            },
        ),
        AppendOnly("rulebook_processstep"),
        AppendOnly("rulebook_importedfile"),
        Settled(
            "rulebook_processversion",
            states=("adopted", "superseded", "withdrawn"),
            keeps=(
                "process_id",
                "number",
                "purpose",
                "inputs",
                "results",
                "measures",
                "changes",
                "decision_id",
                "decided_by_id",
                "decided_by_name",
                "decided_by_title",
                "decided_on",
                "delegation_id",
                "delegation_text",
                "adopted_date",
                "created_at",
            ),
        ),
        *(
            SettledWith(
                table,
                whole="rulebook_processversion",
                of="version_id",
                states=("adopted", "superseded", "withdrawn"),
            )
            for table in ("rulebook_activity", "rulebook_flow")
        ),
    ]
