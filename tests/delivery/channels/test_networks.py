"""Which addresses a message may go to."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from cx280.delivery.channels.networks import closed, networks
from cx280.delivery.channels.web_address import check
from cx280.kernel.problem import Unusable

CLOSED = [
    "127.0.0.1", "127.255.0.1", "0.0.0.0", "10.1.2.3",  # noqa: S104
    "172.16.0.1", "172.31.255.255",
    "192.168.1.1", "169.254.1.1", "169.254.169.254", "100.64.0.1", "100.127.255.255", "224.0.0.1",
    "239.1.1.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1", "168.63.129.16",
    "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:10.0.0.1",
    "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1",
    "2001::1", "::127.0.0.1", "fec0::1",
]  # fmt: skip
OPEN = ["8.8.8.8", "172.32.0.1", "100.128.0.1", "192.169.0.1", "2606:4700::1111", "::ffff:8.8.8.8"]


@pytest.mark.parametrize("address", CLOSED)
def test_nothing_goes_behind_the_wall(address: str) -> None:
    assert closed(ip_address(address))


@pytest.mark.parametrize("address", OPEN)
def test_public_addresses_are_open(address: str) -> None:
    assert closed(ip_address(address)) == ""


@given(st.ip_addresses(v=4) | st.ip_addresses(v=6))
def test_what_python_knows_as_not_public_is_closed_too(address: IPv4Address | IPv6Address) -> None:
    if not address.is_global or address.is_multicast or address.is_reserved:
        assert closed(address) or (isinstance(address, IPv6Address) and address.ipv4_mapped)


@given(st.ip_addresses(v=4))
def test_an_old_address_in_new_clothes_is_judged_the_same(address: IPv4Address) -> None:
    assert closed(IPv6Address(f"::ffff:{address}")) == closed(address)


def test_a_network_of_the_settings_is_open_and_no_other_but_never_where_clouds_keep_keys() -> None:
    opened = networks(["10.20.0.0/16"])

    assert closed(ip_address("10.20.1.1"), opened) == ""
    assert closed(ip_address("10.21.1.1"), opened) == "a private network"
    for keys in ("169.254.169.254", "fd00:ec2::254", "::ffff:169.254.169.254"):
        assert closed(ip_address(keys), networks(["0.0.0.0/0", "::/0"]))


def test_a_network_that_is_none_is_refused_by_name() -> None:
    with pytest.raises(Unusable, match=r"10\.0\.0\.1/8"):
        networks(["10.0.0.1/8"])


@pytest.mark.parametrize(
    "address",
    [
        "", "hooks.agency.gov/x", "ftp://agency.gov/", "http://agency.gov/", "https://",
        "https://me:secret@agency.gov/", "https://agency.gov:99999/", "https://agency.gov/a b",
        "https://127.0.0.1/", "https://[::1]/", "https://169.254.169.254/latest/",
        "https://[::ffff:10.0.0.1]/", "https://agency.gov/\r\nX: 1", "https://ägency.gov/",
        "file:///etc/passwd", "https://agency.gov/" + "x" * 500, "https://[oops/",
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_used_is_refused_with_the_way_out(address: str) -> None:
    with pytest.raises(Unusable) as refused:
        check(address)

    assert refused.value.field == "address"
    assert refused.value.fix


def test_an_address_is_kept_whole_but_for_what_no_server_sees(settings: Settings) -> None:
    assert (
        check(" HTTPS://Hooks.Agency.GOV/Path?Key=A#top ") == "https://hooks.agency.gov/Path?Key=A"
    )
    assert check("https://agency.gov") == "https://agency.gov/"
    assert check("https://[2606:4700::1111]:8443/x") == "https://[2606:4700::1111]:8443/x"
    settings.CX280_WEBHOOK_PRIVATE = ["10.0.0.0/8"]
    assert check("http://10.0.0.7/x") == "http://10.0.0.7/x"
