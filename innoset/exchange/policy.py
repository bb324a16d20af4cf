"""Who may carry data in."""

from innoset.foundation.policy import permit
from innoset.network.policy import keeps_registry

permit("exchange.read_list", keeps_registry, title="Загружать список организаций для проверки")
permit("exchange.apply_list", keeps_registry, title="Вносить проверенный список в реестр")
