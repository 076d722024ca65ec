"""What can be held of the image and the compose file without a container engine."""

import fnmatch
import re
import runpy
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.settings import Settings

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
PROXY = (ROOT / "deploy" / "proxy.conf").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
RESIDENT = ("database", "app", "proxy")
ONE_SHOT = ("migrate", "seed")


def instructions(word: str) -> list[str]:
    return re.findall(rf"^{word} +(.+)$", DOCKERFILE, re.MULTILINE)


def copied_from_the_checkout() -> list[str]:
    copies = [line.split() for line in instructions("COPY") if not line.startswith("--from=")]
    return [source for words in copies for source in words[:-1]]


class TestImage:
    @pytest.mark.parametrize("source", copied_from_the_checkout())
    def test_what_it_copies_is_there_and_not_ignored(self, source: str) -> None:
        allowed = [
            line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")
        ]
        assert (ROOT / source).exists()
        assert any(fnmatch.fnmatch(source, pattern) for pattern in allowed)

    def test_it_runs_what_the_project_installs(self) -> None:
        commands = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
        assert instructions("ENTRYPOINT") == ['["counterclaim"]']
        assert "counterclaim" in commands

    def test_it_installs_by_hash(self) -> None:
        installs = re.findall(r"install (.+?)(?: && |$)", DOCKERFILE, re.MULTILINE)
        fetched = [arguments for arguments in installs if ".lock" in arguments]
        assert len(fetched) == 2
        assert all("--require-hashes" in arguments for arguments in fetched)

    def test_both_stages_stand_on_the_same_python(self) -> None:
        assert len({base.split(" ")[0] for base in instructions("FROM")}) == 1

    def test_it_does_not_run_as_root(self) -> None:
        assert instructions("USER")[-1] == "10001:10001"

    @pytest.mark.parametrize(("status", "alive"), [(200, True), (503, False)])
    def test_it_is_healthy_where_livez_answers(self, status: int, alive: bool) -> None:
        check = runpy.run_path(str(ROOT / "deploy" / "healthcheck.py"))["alive"]
        with server(status) as address:
            assert check(address) is alive

    def test_it_is_not_healthy_where_nothing_listens(self) -> None:
        check = runpy.run_path(str(ROOT / "deploy" / "healthcheck.py"))["alive"]
        with server(200) as port:
            pass
        assert not check(port)


@contextmanager
def server(status: int) -> Iterator[int]:
    """The port of a service that answers /livez with `status`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/livez" else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as listening:
        thread = threading.Thread(target=listening.serve_forever, args=(0.01,))
        thread.start()
        yield listening.server_port
        listening.shutdown()
        thread.join()


class TestCompose:
    def test_it_has_these_services(self) -> None:
        assert set(SERVICES) == {*RESIDENT, *ONE_SHOT}

    @pytest.mark.parametrize("name", SERVICES)
    def test_every_image_says_its_version(self, name: str) -> None:
        image = SERVICES[name]["image"]
        assert image == "counterclaim" or re.search(r":\d", image)

    def test_only_one_service_builds_the_image(self) -> None:
        assert [name for name, service in SERVICES.items() if "build" in service] == ["migrate"]

    @pytest.mark.parametrize("name", ONE_SHOT)
    def test_what_runs_once_is_not_started_again(self, name: str) -> None:
        assert SERVICES[name]["restart"] == "no"

    def test_each_step_waits_for_the_one_before(self) -> None:
        waits = {
            (name, on): waited["condition"]
            for name, service in SERVICES.items()
            for on, waited in service.get("depends_on", {}).items()
        }
        assert waits == {
            ("migrate", "database"): "service_healthy",
            ("seed", "migrate"): "service_completed_successfully",
            ("app", "database"): "service_healthy",
            ("app", "migrate"): "service_completed_successfully",
            ("proxy", "app"): "service_healthy",
        }

    def test_what_stays_up_has_a_health_check(self) -> None:
        # The image of the service brings its own.
        assert [name for name in RESIDENT if "healthcheck" in SERVICES[name]] == ["database", "proxy"]
        assert instructions("HEALTHCHECK")

    def test_the_data_outlives_the_container(self) -> None:
        assert SERVICES["database"]["volumes"] == ["data:/var/lib/postgresql"]
        assert "data" in COMPOSE["volumes"]

    def test_only_the_proxy_can_be_reached(self) -> None:
        assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
        assert [name for name, service in SERVICES.items() if service["networks"] != ["inner"]] == ["proxy"]
        assert COMPOSE["networks"]["inner"] == {"internal": True}

    @pytest.mark.parametrize("name", ["app", *ONE_SHOT])
    def test_it_sets_what_can_be_set(self, name: str) -> None:
        given = {key.removeprefix("COUNTERCLAIM_").lower() for key in SERVICES[name]["environment"]}
        assert given - {"forwarded_allow_ips"} <= set(Settings.model_fields)

    @pytest.mark.parametrize("name", ["app", *ONE_SHOT])
    def test_its_database_is_the_one_that_it_starts(self, name: str) -> None:
        address = SERVICES[name]["environment"]["COUNTERCLAIM_DATABASE_URL"]
        database = SERVICES["database"]["environment"]
        password = database["POSTGRES_PASSWORD"]
        assert address == f"postgresql+psycopg://counterclaim:{password}@database/counterclaim"
        assert (database["POSTGRES_USER"], database["POSTGRES_DB"]) == ("counterclaim", "counterclaim")

    def test_the_files_that_it_mounts_are_there(self) -> None:
        mounted = [volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])]
        assert all((ROOT / source).is_file() for source in mounted if source.startswith("./"))


class TestProxy:
    def test_header_and_body_have_a_deadline(self) -> None:
        limits = re.search(
            r"^RequestReadTimeout header=\d+-(\d+),MinRate=\d+ body=\d+-(\d+),MinRate=\d+$", PROXY, re.MULTILINE
        )
        assert limits
        assert [int(seconds) <= 120 for seconds in limits.groups()] == [True, True]

    def test_it_takes_the_bodies_that_the_service_takes(self) -> None:
        limit = re.search(r"Content-Length} -gt (\d+)", PROXY)
        assert limit
        assert int(limit[1]) == Settings().max_body_bytes

    def test_it_listens_and_forwards_where_the_compose_file_says(self) -> None:
        assert SERVICES["proxy"]["ports"][0].endswith(":8080")
        assert "\nListen 8080\n" in PROXY
        assert f"http://app:{Settings().port}/" in PROXY

    def test_its_errors_are_problems(self) -> None:
        problems = re.findall(r"^ErrorDocument (\d+) '(.+)'$", PROXY, re.MULTILINE)
        assert {status for status, _ in problems} >= {"408", "413", "502", "503", "504"}
        for status, body in problems:
            assert yaml.safe_load(body)["status"] == int(status)
