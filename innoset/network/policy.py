"""Who may do what in the network."""

from typing import Any

from innoset.foundation.policy import is_superuser, permit, predicate
from innoset.network.models import (
    Accompaniment,
    Agreement,
    Consultation,
    Dissemination,
    Errand,
    Invitation,
    Membership,
    Organisation,
    PilotMark,
    Registration,
    Status,
    WorkingGroup,
)
from innoset.network.queries import holds, is_registry_keeper, roles_to_offer
from innoset.network.queries.accompaniment import is_companion, people_to_ask
from innoset.network.queries.organisations import helps_everybody, sees_all
from innoset.network.queries.places import KEEPERS
from innoset.network.queries.threads import own_sides, speaking_for
from innoset.network.states import Part, Role


@predicate
def keeps_registry(user: Any, subject: object = None) -> bool:
    """The operator, or an organiser of contests."""
    del subject
    return is_registry_keeper(user)


@predicate
def handles_statuses(user: Any, subject: object = None) -> bool:
    """Whoever writes status orders down or confirms them."""
    del subject
    return bool(is_superuser(user)) or holds(user, Role.ORGANISER, Role.APPROVER)


@predicate
def coordinates_place_of(user: Any, subject: Organisation | Registration | Agreement) -> bool:
    """The coordinator of the thing's municipality."""
    return holds(user, Role.COORDINATOR, municipality=subject.municipality_id)


@predicate
def works_for(user: Any, organisation: Organisation) -> bool:
    """The head of the organisation, or somebody on its staff who fills papers in."""
    return organisation.pk is not None and holds(user, Role.HEAD, Role.EDITOR, organisation=organisation.pk)


@predicate
def may_offer_role(user: Any, subject: Invitation | Membership) -> bool:
    """Somebody trusted to give exactly this role in this organisation."""
    return Role(subject.role) in roles_to_offer(user, subject.organisation)


@predicate
def is_invited(user: Any, invitation: Invitation) -> bool:
    """The person whom the invitation was sent to."""
    return bool(user.email) and user.email.casefold() == invitation.email.casefold()


@predicate
def is_applicant(user: Any, registration: Registration) -> bool:
    """The person who asks for their organisation."""
    return user.pk is not None and registration.applicant_id == user.pk


@predicate
def is_own(user: Any, membership: Membership) -> bool:
    """The person whose membership it is."""
    return user.pk is not None and membership.person_id == user.pk


@predicate
def accompanies(user: Any, subject: Any) -> bool:
    """Whoever accompanies the site (or the site of the thing) now, in any part."""
    status = subject if isinstance(subject, Status) else subject.status
    return is_companion(user, status)


@predicate
def names_companions(user: Any, accompaniment: Accompaniment) -> bool:
    """The keepers; the municipality's coordinator, but not the institute's scientific curators."""
    place = accompaniment.status.organisation.municipality_id
    is_local = accompaniment.part != Part.SCIENTIFIC_CURATOR
    return is_registry_keeper(user) or (is_local and holds(user, Role.COORDINATOR, municipality=place))


@predicate
def gave_consultation(user: Any, consultation: Consultation) -> bool:
    """Whoever gave the consultation."""
    return user.pk is not None and consultation.given_by_id == user.pk


@predicate
def advises(user: Any, consultation: Consultation) -> bool:
    """Whoever accompanies the site, coordinates its municipality or keeps the registry."""
    place = consultation.organisation.municipality_id
    return (
        is_companion(user, consultation.status)
        or holds(user, Role.COORDINATOR, municipality=place)
        or is_registry_keeper(user)
    )


@predicate
def may_ask_of(user: Any, errand: Errand) -> bool:
    """Whoever may give errands to exactly this person."""
    return people_to_ask(user).filter(pk=errand.assignee_id).exists()


@predicate
def is_asked(user: Any, errand: Errand) -> bool:
    """The person who has to do it."""
    return user.pk is not None and errand.assignee_id == user.pk


@predicate
def has_asked(user: Any, errand: Errand) -> bool:
    """The person who gave the errand."""
    return user.pk is not None and errand.made_by_id == user.pk


@predicate
def keeps_group(user: Any, group: WorkingGroup) -> bool:
    """The keepers, the coordinator of the group's municipality, the leader of the group."""
    if is_registry_keeper(user) or holds(
        user, Role.COORDINATOR, municipality=group.organisation.municipality_id
    ):
        return True
    return group.pk is not None and group.members.filter(person=user.pk, until=None, is_leader=True).exists()


@predicate
def works_for_its_owner(user: Any, subject: Any) -> bool:
    """The staff of the organisation that the record tells of."""
    return holds(user, Role.HEAD, Role.EDITOR, organisation=subject.organisation_id)


@predicate
def coordinates_its_owner(user: Any, subject: Any) -> bool:
    """The coordinator of the municipality of the organisation that the record tells of."""
    return holds(user, Role.COORDINATOR, municipality=subject.organisation.municipality_id)


@predicate
def is_methodist(user: Any, subject: object = None) -> bool:
    """A methodist of whoever runs the network; one of a municipality's own service, for its own."""
    place = subject.organisation.municipality_id if isinstance(subject, Dissemination) else None
    return helps_everybody(user) or (place is not None and holds(user, Role.METHODIST, municipality=place))


@predicate
def recorded_it(user: Any, subject: Any) -> bool:
    """Whoever wrote the record down."""
    return user.pk is not None and subject.recorded_by_id == user.pk


@predicate
def works_for_partner(user: Any, agreement: Agreement) -> bool:
    """The staff of the organisation that the agreement is made with."""
    return holds(user, Role.HEAD, Role.EDITOR, organisation=agreement.partner_id)


@predicate
def keeps_place(user: Any, subject: object = None) -> bool:
    """Somebody who has a municipality's cabinet of their own."""
    del subject
    return holds(user, *KEEPERS)


@predicate
def sees_network(user: Any, subject: object = None) -> bool:
    """Somebody who sees the registry of the whole network."""
    del subject
    return sees_all(user)


@predicate
def speaks_somewhere(user: Any, subject: object = None) -> bool:
    """Somebody who writes on behalf of an organisation; of which one is asked in the deed."""
    del subject
    return bool(speaking_for(user))


@predicate
def speaks_in(user: Any, thread: Any) -> bool:
    """Somebody who writes on behalf of a side of the thread."""
    return bool(own_sides(thread, user))


@predicate
def sees_pilots(user: Any, mark: PilotMark) -> bool:
    """The keepers, methodists, and the coordinator of the school's municipality: nobody else."""
    place = mark.organisation.municipality_id
    return (
        is_registry_keeper(user) or helps_everybody(user) or holds(user, Role.COORDINATOR, municipality=place)
    )


permit("network.invite", may_offer_role, title="Приглашать людей в организацию")
permit("network.resend_invitation", may_offer_role, title="Отправлять приглашение ещё раз")
permit("network.revoke_invitation", may_offer_role, title="Отзывать приглашение")
permit("network.accept_invitation", is_invited, title="Принимать приглашение")
permit("network.join_by_invitation", is_invited, title="Заводить учётную запись по приглашению")
permit("network.end_membership", may_offer_role | is_own, title="Прекращать участие человека в организации")
permit("network.request_registration", is_applicant, title="Просить о подключении организации")
permit(
    "network.confirm_registration",
    (keeps_registry | coordinates_place_of) & ~is_applicant,
    title="Подтверждать подключение организации",
)
permit(
    "network.decline_registration",
    (keeps_registry | coordinates_place_of) & ~is_applicant,
    title="Отклонять подключение организации",
)
permit(
    "network.add_organisation", keeps_registry | coordinates_place_of, title="Добавлять организацию в реестр"
)
permit(
    "network.edit_organisation",
    keeps_registry | coordinates_place_of | works_for,
    title="Изменять карточку организации",
)
permit("network.close_organisation", keeps_registry, title="Исключать организацию из реестра и возвращать её")
permit("network.grant_status", handles_statuses, title="Присваивать статус по приказу")
permit("network.complete_status", handles_statuses, title="Завершать статус")
permit("network.terminate_status", handles_statuses, title="Прекращать статус досрочно")
permit("network.restore_status", handles_statuses, title="Восстанавливать статус")
permit("network.pause_status", handles_statuses, title="Приостанавливать статус")
permit("network.resume_status", handles_statuses, title="Возобновлять приостановленный статус")
permit("network.extend_status", handles_statuses, title="Продлевать статус по приказу")
permit("network.pass_status", handles_statuses, title="Передавать статус преемнику")
permit("network.annul_fact", handles_statuses, title="Отменять ошибочную запись в истории статуса")
permit("network.reorganise", keeps_registry, title="Вносить реорганизацию организаций")
permit("network.start_mentorship", keeps_registry | is_methodist, title="Назначать МСИП, которая ведёт МИП")
permit("network.end_mentorship", keeps_registry | is_methodist, title="Завершать наставничество МСИП над МИП")
permit("network.make_agglomeration", keeps_registry | is_methodist, title="Создавать агломерацию")
permit("network.edit_agglomeration", keeps_registry | is_methodist, title="Изменять агломерацию")
permit("network.add_member", keeps_registry | is_methodist, title="Включать организацию в агломерацию")
permit("network.end_member", keeps_registry | is_methodist, title="Исключать организацию из агломерации")
permit("network.mark_pilot", sees_pilots, title="Отмечать пилотную школу")
permit("network.unmark_pilot", sees_pilots, title="Снимать отметку пилотной школы")
permit("network.edit_status_kind", keeps_registry, title="Изменять словарь статусов")
permit("network.edit_ending_ground", keeps_registry, title="Изменять основания прекращения статуса")
permit("network.make_agreement", keeps_registry, title="Вносить соглашение")
permit("network.edit_agreement", keeps_registry, title="Изменять соглашение")
permit("network.keep_place", keeps_place, title="Вести кабинет своего муниципалитета")
permit("network.see_cockpit", sees_network, title="Видеть всю сеть по муниципалитетам")
permit("network.open_thread", speaks_somewhere, title="Писать другой организации от имени своей")
permit("network.write_post", speaks_in, title="Отвечать в переписке своей организации")
permit("network.close_thread", speaks_in, title="Закрывать переписку своей организации")
permit("network.reopen_thread", speaks_in, title="Возобновлять переписку своей организации")
# The base lies a floor below and knows no memberships: who keeps it is said here.
permit("documents.add_act", keeps_registry, title="Добавлять документ в нормативную базу")
permit("documents.edit_act", keeps_registry, title="Исправлять документ нормативной базы")
permit("documents.end_act", keeps_registry, title="Отмечать, что документ утратил силу")
permit("documents.relate_acts", keeps_registry, title="Связывать документы нормативной базы")
permit("documents.unrelate_acts", keeps_registry, title="Убирать связь документов нормативной базы")
permit("network.name_companion", names_companions, title="Назначать тех, кто сопровождает площадку")
permit("network.end_accompaniment", names_companions, title="Прекращать сопровождение площадки")
permit(
    "network.record_consultation", advises & gave_consultation, title="Записывать проведённую консультацию"
)
permit("network.edit_consultation", gave_consultation, title="Исправлять запись о консультации")
permit("network.give_errand", may_ask_of & has_asked, title="Давать поручение")
permit("network.do_errand", is_asked, title="Отмечать, что поручение выполнено")
permit("network.drop_errand", has_asked | keeps_registry, title="Снимать поручение")
permit("network.make_group", keeps_group, title="Создавать рабочую группу")
permit("network.edit_group", keeps_group, title="Изменять рабочую группу")
permit("network.join_group", keeps_group, title="Включать человека в рабочую группу")
permit("network.leave_group", keeps_group, title="Исключать человека из рабочей группы")
permit("network.draft_agreement", keeps_registry, title="Готовить проект соглашения")
permit("network.send_agreement", keeps_registry, title="Отправлять соглашение на подпись партнёру")
permit("network.take_back_agreement", keeps_registry, title="Возвращать соглашение в проекты")
permit("network.drop_agreement", keeps_registry, title="Удалять проект соглашения")
permit(
    "network.give_signed_copy",
    keeps_registry | coordinates_place_of | works_for_partner,
    title="Прикладывать подписанное соглашение",
)
permit("network.sign_agreement", keeps_registry, title="Вносить подписание соглашения")
permit("network.end_agreement", keeps_registry, title="Отмечать расторжение соглашения")
permit("network.renew_agreement", keeps_registry, title="Готовить продление соглашения")
_keeps_its_record = works_for_its_owner | coordinates_its_owner | keeps_registry
_checks_record = (coordinates_its_owner | is_methodist | keeps_registry) & ~recorded_it
permit("network.record_dissemination", _keeps_its_record, title="Вносить запись о распространении опыта")
permit("network.edit_dissemination", _keeps_its_record, title="Исправлять запись о распространении опыта")
permit("network.remove_dissemination", _keeps_its_record, title="Удалять запись о распространении опыта")
permit("network.confirm_dissemination", _checks_record, title="Подтверждать запись о распространении опыта")
permit("network.reopen_dissemination", _checks_record, title="Снимать подтверждение записи об опыте")
permit("network.record_grant", _keeps_its_record, title="Вносить грант")
permit("network.edit_grant", _keeps_its_record, title="Исправлять грант")
permit("network.remove_grant", _keeps_its_record, title="Удалять грант")
permit("network.record_achievement", _keeps_its_record, title="Вносить награду")
permit("network.edit_achievement", _keeps_its_record, title="Исправлять награду")
permit("network.remove_achievement", _keeps_its_record, title="Удалять награду")
permit("documents.keep_both_acts", keeps_registry, title="Признавать похожие документы разными")
permit("documents.forget_distinction", keeps_registry, title="Снимать отметку, что документы разные")
