"""A key of the device is added and opens the door, under the content policy of the house."""

from datetime import datetime
from typing import Any

from innoset.accounts.actions import confirm_address
from innoset.network.states import Role
from tests import world

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_an_organiser_adds_a_key_and_signs_in_with_it(
    page: Any, axe: Any, transactional_db: Any, at: datetime
) -> None:
    person = world.member(world.organisation("КНМЦ"), Role.ORGANISER)
    confirm_address(person, by=person, at=at)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})

    page.goto("/accounts/login/")
    page.get_by_label("Электронная почта").fill(person.email)
    page.get_by_label("Пароль").fill("пароль-42")
    page.get_by_role("button", name="Войти", exact=True).click()
    page.wait_for_url("**/accounts/2fa/")
    assert "вход защищают вторым фактором" in page.content()
    axe(page)

    page.get_by_role("link", name="Добавить ключ").click()
    page.get_by_label("Пароль").fill("пароль-42")
    page.get_by_role("button", name="Продолжить").click()
    page.get_by_label("Название ключа").fill("Рабочий компьютер")
    page.get_by_label("Входить этим ключом без пароля").check()
    page.get_by_role("button", name="Добавить").click()
    page.wait_for_url("**/accounts/2fa/recovery-codes/")
    axe(page)

    page.goto("/cabinet/")
    page.get_by_role("button", name="Выйти").click()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Войти ключом устройства").click()
    page.wait_for_url("**/office/")
