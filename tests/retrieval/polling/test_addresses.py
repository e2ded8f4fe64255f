from unittest.mock import Mock

import pytest

from retrieval.polling.addresses import is_public, public_addresses
from retrieval.polling.outcome import FetchError


@pytest.mark.parametrize("address", ["8.8.8.8", "203.113.131.1", "2606:4700::1111", "64:ff9b::808:808"])
def test_a_public_address_may_be_connected_to(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.9.1", "0.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "192.0.0.8", "192.0.2.1", "198.18.0.1", "192.88.99.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b::a00:1",
        "64:ff9b:1::808:808", "2002:7f00:1::1", "2001:0:808:808::1", "2001:db8::1", "3fff::1", "fe80::1",
        "fe80::1%lo", "fec0::1", "fc00::1", "fd12::1", "ff02::1", "ff0e::1",
    ],
)  # fmt: skip
def test_any_other_address_is_refused(address: str) -> None:
    assert not is_public(address)


def test_one_private_address_among_public_ones_refuses_the_host() -> None:
    with pytest.raises(FetchError, match=r"mixed\.example is 10\.0\.0\.7, no public address") as caught:
        public_addresses("mixed.example", 443, Mock(return_value=["8.8.8.8", "10.0.0.7"]))
    assert caught.value.reason == "refused address"


@pytest.mark.parametrize("error", [OSError("no such host"), UnicodeError("label too long")])
def test_a_host_without_an_address_is_unreachable(error: Exception) -> None:
    with pytest.raises(FetchError) as caught:
        public_addresses("nowhere.example", 443, Mock(side_effect=error))
    assert caught.value.reason == "unreachable"
