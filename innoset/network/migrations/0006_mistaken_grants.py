from django.db import migrations, models

import innoset.network.states


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0004_acts_of_the_base"),
        ("network", "0005_facts_of_old_statuses"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="status",
            name="status_state_is_known",
        ),
        migrations.AlterField(
            model_name="status",
            name="state",
            field=models.CharField(
                choices=[
                    (innoset.network.states.StatusState["ACTIVE"], "Действует"),
                    (innoset.network.states.StatusState["PAUSED"], "Приостановлен"),
                    (innoset.network.states.StatusState["COMPLETED"], "Завершён"),
                    (innoset.network.states.StatusState["TERMINATED"], "Прекращён досрочно"),
                    (innoset.network.states.StatusState["ANNULLED"], "Отменён как ошибочный"),
                ],
                default=innoset.network.states.StatusState["ACTIVE"],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="status",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            innoset.network.states.StatusState["ACTIVE"],
                            innoset.network.states.StatusState["PAUSED"],
                            innoset.network.states.StatusState["COMPLETED"],
                            innoset.network.states.StatusState["TERMINATED"],
                            innoset.network.states.StatusState["ANNULLED"],
                        ],
                    )
                ),
                name="status_state_is_known",
            ),
        ),
    ]
