"""A plugin of pytest for `make mutants`: each mutant meets fresh modules, and dies quickly."""

import sys

import pytest
from hypothesis import HealthCheck, Phase, settings

MOST_EXAMPLES = 100


def pytest_configure() -> None:
    """Forget what was imported: a mutant's process is a fork of one in which tables are built and caches filled."""
    for name in [*sys.modules]:
        if name.split(".")[0] in {"app", "bench", "tests"} and name not in {"tests", __name__}:
            del sys.modules[name]


def pytest_sessionstart() -> None:
    """Do not look for the smallest failing example. That a test runs several times in a process is intended."""
    settings.register_profile(
        "mutants",
        settings.get_profile("commit"),
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors],
    )
    settings.load_profile("mutants")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Examples come before laws, which take longer, and have fewer examples here than where they must hold."""
    items.sort(key=lambda item: item.get_closest_marker("hypothesis") is not None)
    for item in items:
        law = getattr(item, "obj", None)
        chosen = getattr(law, "_hypothesis_internal_use_settings", None)
        if law is not None and chosen is not None and chosen.max_examples > MOST_EXAMPLES:
            getattr(law, "__func__", law)._hypothesis_internal_use_settings = settings(
                chosen, max_examples=MOST_EXAMPLES
            )
