"""Who may do what in the network."""

from typing import Any

from innoset.foundation.policy import is_superuser, permit, predicate
from innoset.network.models import Agreement, Invitation, Membership, Organisation, Registration
from innoset.network.queries import holds, is_registry_keeper, roles_to_offer
from innoset.network.queries.threads import own_sides, speaking_for
from innoset.network.states import Role


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
def speaks_somewhere(user: Any, subject: object = None) -> bool:
    """Somebody who writes on behalf of an organisation; of which one is asked in the deed."""
    del subject
    return bool(speaking_for(user))


@predicate
def speaks_in(user: Any, thread: Any) -> bool:
    """Somebody who writes on behalf of a side of the thread."""
    return bool(own_sides(thread, user))


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
permit("network.edit_status_kind", keeps_registry, title="Изменять словарь статусов")
permit("network.edit_ending_ground", keeps_registry, title="Изменять основания прекращения статуса")
permit("network.make_agreement", keeps_registry, title="Вносить соглашение")
permit("network.edit_agreement", keeps_registry, title="Изменять соглашение")
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
