"""What stands in deploy/ fits the program: names, settings, metrics; and is what it says."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import generate_latest
from pydantic import BaseModel

from bot.ground.metrics import Metrics
from bot.settings import Settings
from retrieval import Library

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
FILES = sorted(path for path in DEPLOY.iterdir() if path.is_file())


def text(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def variables() -> set[str]:
    """Every variable that the settings know."""
    known = {"TRICH_CONFIG", "TRICH_LOG_KEY", "TRICH_WEBHOOK_SECRET"}
    known |= {
        f"TRICH_OPENSEARCH_{name}" for name in ("USER", "PASSWORD", "CA", "SECONDS")
    }  # `retrieval.cluster.connection`
    for section, field in Settings.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            known |= {f"TRICH_{section}__{key}".upper() for key in field.annotation.model_fields}
    return known


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_variable_that_is_named_is_one(path: Path) -> None:
    assert set(re.findall(r"\bTRICH_[A-Z_]+[A-Z]\b", path.read_text(encoding="utf-8"))) <= variables()


def test_the_image_is_not_root_has_a_health_check_and_copies_what_there_is() -> None:
    dockerfile = text("Dockerfile")
    assert re.search(r"^USER 10001:10001$", dockerfile, re.MULTILINE)
    assert "HEALTHCHECK" in dockerfile
    ignored = text("Dockerfile.dockerignore").splitlines()
    for copied in re.findall(r"^COPY (?!--from)(.+) \S+$", dockerfile, re.MULTILINE):
        for name in copied.split():
            assert (ROOT / name).exists(), name
            assert f"!{name}" in ignored


def test_the_container_may_write_nothing_but_its_data() -> None:
    service: dict[str, Any] = yaml.safe_load(text("compose.yaml"))["services"]["trich"]
    assert (service["read_only"], service["cap_drop"], service["restart"]) == (True, ["ALL"], "unless-stopped")
    assert [volume.split(":", 1)[1].split()[0] for volume in service["volumes"]] == ["/data", "/articles:ro"]
    assert service["tmpfs"]


def test_two_bots_ask_the_collection_that_one_reader_moves_its_articles_to() -> None:
    services: dict[str, Any] = yaml.safe_load(text("compose.opensearch.yaml"))["services"]
    [moved] = re.findall(r"opensearch://\S+?/\w+", " ".join(services["reader"]["command"]))
    assert moved.startswith("opensearch://search:")
    asking = [service for service in services.values() if "TRICH_LIBRARY__STORE" in service.get("environment", {})]
    assert [service["environment"]["TRICH_LIBRARY__STORE"] for service in asking] == [moved, moved]
    assert len({service["env_file"] for service in asking}) == 2
    assert all(
        service["read_only"] and service["depends_on"] == {"search": {"condition": "service_healthy"}}
        for service in asking
    )


def test_what_stands_before_a_webhook_leads_to_where_the_bot_listens(settings_of_default: Settings) -> None:
    webhook = settings_of_default.webhook
    for name in ("Caddyfile", "nginx.conf"):
        assert f"{webhook.host}:{webhook.port}" in text(name)
        assert f"{webhook.path} " in text(name) or f"{webhook.path}\n" in text(name)


@pytest.fixture
def settings_of_default(monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name in variables():
        monkeypatch.delenv(name, raising=False)
    return Settings.load()


def test_every_metric_of_the_dashboard_and_of_the_alerts_exists(settings_of_default: Settings, tmp_path: Path) -> None:
    metrics, empty = Metrics(), Library.open([tmp_path])
    metrics.measure(lambda: empty)
    metrics.measure_cluster(lambda: None)  # where the library is in one
    names = set(re.findall(r"^# HELP (\w+)", generate_latest(metrics.registry).decode(), re.MULTILINE))
    panels = json.loads(text("grafana-dashboard.json"))["panels"]
    expressions = [target["expr"] for panel in panels for target in panel["targets"]]
    alerts = re.findall("`[^`]+`", text("README.md"))
    asked = set(re.findall(r"\b(?:trich|process)_\w+?(?=_bucket|\b)", " ".join([*expressions, *alerts])))
    assert len(asked) >= 10
    assert asked <= names
    assert f"127.0.0.1:{settings_of_default.monitoring.port}" in text("README.md")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not on this machine")
def test_systemd_understands_the_unit_and_finds_it_well_shut(tmp_path: Path) -> None:
    unit = tmp_path / "trich.service"
    unit.write_text(text("trich.service").replace("/opt/trich/bin/trich", "/bin/true"), encoding="utf-8")
    for command in (["verify"], ["security", "--offline=true", "--threshold=20"]):
        done = subprocess.run(  # noqa: S603
            ["systemd-analyze", *command, str(unit)],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Unknown" not in done.stderr
