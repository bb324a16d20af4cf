"""Root addresses: one prefix a door."""

from django.urls import include, path

handler400 = "innoset.web.ui.views.bad_request"
handler403 = "innoset.web.ui.views.forbidden"
handler404 = "innoset.web.ui.views.not_found"
handler500 = "innoset.web.ui.views.server_error"

urlpatterns = [
    path("", include("innoset.web.public.urls")),
    path("cabinet/", include("innoset.web.cabinet.urls")),
    path("desk/", include("innoset.web.desk.urls")),
    path("office/", include("innoset.web.office.urls")),
    path("api/", include("innoset.api.urls")),
    path("accounts/", include("allauth.urls")),
    path("ui/", include("innoset.web.ui.urls")),
]
