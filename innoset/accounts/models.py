"""Tables of people and their consents."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class UserManager(BaseUserManager["User"]):
    """Makes people by e-mail; allauth and `createsuperuser` call it."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Make a person who signs in with this address."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Make the operator of the installation."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a person by address, whatever its letter case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. What the person may do comes from memberships, panels and councils, never from here."""

    class Privacy:
        open = ("id", "is_active", "is_staff", "is_superuser", "groups", "user_permissions")
        personal = (
            "email",
            "last_name",
            "first_name",
            "middle_name",
            "phone",
            "position",
            "date_joined",
            "last_login",
        )
        secret = ("password",)

    email = models.EmailField("электронная почта", unique=True)
    last_name = models.CharField("фамилия", max_length=100)
    first_name = models.CharField("имя", max_length=100)
    middle_name = models.CharField("отчество", max_length=100, blank=True)
    position = models.CharField("должность", max_length=200, blank=True)
    phone = models.CharField("телефон", max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["last_name", "first_name"]

    class Meta:
        verbose_name = "пользователь"
        verbose_name_plural = "пользователи"
        ordering = ("last_name", "first_name", "id")
        constraints = (models.UniqueConstraint(Lower("email"), name="email_is_unique_in_any_case"),)

    def __str__(self) -> str:
        return self.full_name or self.email

    @property
    def full_name(self) -> str:
        """Return «Петрова Анна Николаевна»."""
        return " ".join(part for part in (self.last_name, self.first_name, self.middle_name) if part)

    @property
    def short_name(self) -> str:
        """Return «Петрова А. Н.»."""
        initials = [f"{part[0]}." for part in (self.first_name, self.middle_name) if part]
        return " ".join([self.last_name, *initials]) if self.last_name else self.email


class ConsentText(models.Model):
    """One version of a text that people agree to; a published text never changes."""

    class Privacy:
        open = (
            "id",
            "code",
            "version",
            "title",
            "body",
            "sha256",
            "published_at",
            "is_current",
            "is_optional",
        )

    code = models.SlugField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=300)
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    is_current = models.BooleanField(default=True)
    # Refusing it never stands in anybody's way.
    is_optional = models.BooleanField(default=False)

    class Meta:
        ordering = ("code", "-version")
        constraints = (
            models.UniqueConstraint(fields=("code", "version"), name="consent_text_version_is_unique"),
            models.UniqueConstraint(
                fields=("code",), condition=Q(is_current=True), name="one_current_text_per_consent"
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} (версия {self.version})"


class Consent(models.Model):
    """That a person agreed: to which text, when, from which address; withdrawal keeps the row."""

    class Privacy:
        open = ("id", "text", "given_at", "withdrawn_at", "about")
        personal = ("person", "address")

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="consents")
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="consents")
    about = models.CharField(max_length=120, blank=True)
    given_at = models.DateTimeField()
    address = models.GenericIPAddressField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-given_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "text", "about"),
                condition=Q(withdrawn_at=None),
                name="one_live_consent_per_person_text_and_occasion",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} — {self.text}"


class DraftKey(models.Model):
    """The key of a person's drafts on their computers; handed out only to the person, after sign-in."""

    class Privacy:
        open = ("id", "made_at")
        personal = ("person",)
        secret = ("key",)

    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="draft_key")
    # 256 bits in base64.
    key = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"Ключ черновиков: {self.person}"


class HeldForm(models.Model):
    """A form that came after its session had ended; waits a day till its writer signs in again.

    Whose it is nobody knows: the token that opens it lies in a cookie of the browser it came from.
    """

    class Privacy:
        open = ("id", "path", "held_at")
        personal = ("fields", "address")
        secret = ("token_sha256",)

    token_sha256 = models.CharField(max_length=64, unique=True)
    path = models.CharField(max_length=300)
    fields = models.JSONField()
    address = models.GenericIPAddressField(null=True, blank=True)
    held_at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.path}, {self.held_at:%d.%m.%Y %H:%M}"
