"""Addresses of the street door; each module of views lists its own routes."""

from innoset.web.public import (
    acts,
    alive,
    answers,
    checks,
    contests,
    demo,
    figures,
    home,
    network,
    registers,
    signup,
    structure,
    winnings,
)

app_name = "public"
urlpatterns = [
    *home.routes,
    *alive.routes,
    *acts.routes,
    *answers.routes,
    *checks.routes,
    *contests.routes,
    *demo.routes,
    *network.routes,
    *registers.routes,
    *signup.routes,
    *structure.routes,
    *figures.routes,
    *winnings.routes,
]
