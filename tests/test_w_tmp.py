import pytest
from tests import world
from innoset.contests.states import *
@pytest.mark.django_db
def test_all():
    for s in ContestState: world.contest(s)
    for s in ApplicationState: world.application(state=s)
    world.consent_text(); world.membership()
