"""Proofs are read from the tests: by function, class and module, and only where they can pass."""

from pathlib import Path

from cx280.circular.proofs import Proofs, read_proofs


def _read(tmp_path: Path, text: str) -> Proofs:
    folder = tmp_path / "tests" / "kernel"
    folder.mkdir(parents=True)
    (folder / "test_thing.py").write_text(text, encoding="utf-8")
    return read_proofs(tmp_path / "tests")


def test_a_mark_on_a_function_is_read(tmp_path: Path) -> None:
    found = _read(tmp_path, '@pytest.mark.proves("280.1-a1", "INC-07")\ndef test_it(): ...\n')

    assert found.tests == {
        "280.1-a1": ["tests/kernel/test_thing.py::test_it"],
        "INC-07": ["tests/kernel/test_thing.py::test_it"],
    }


def test_a_mark_on_a_class_holds_for_each_test_in_it(tmp_path: Path) -> None:
    text = '@pytest.mark.proves("280.1-a1")\nclass TestIt:\n    def test_a(self): ...\n    async def test_b(self): ...\n    def helper(self): ...\n'  # noqa: E501

    found = _read(tmp_path, text)

    assert found.tests["280.1-a1"] == [
        "tests/kernel/test_thing.py::TestIt::test_a",
        "tests/kernel/test_thing.py::TestIt::test_b",
    ]


def test_a_mark_on_the_module_holds_for_all_of_it(tmp_path: Path) -> None:
    text = 'pytestmark = [pytest.mark.django_db, pytest.mark.proves("280.1-a1")]\ndef test_a(): ...\ndef test_b(): ...\n'  # noqa: E501

    assert len(_read(tmp_path, text).tests["280.1-a1"]) == 2


def test_a_mark_on_one_parameter_is_read(tmp_path: Path) -> None:
    text = '@pytest.mark.parametrize("n", [pytest.param(1, marks=pytest.mark.proves("280.1-a1"))])\ndef test_a(n): ...\n'  # noqa: E501

    assert list(_read(tmp_path, text).tests) == ["280.1-a1"]


def test_a_test_that_never_passes_proves_nothing(tmp_path: Path) -> None:
    text = '@pytest.mark.skip("later")\n@pytest.mark.proves("280.1-a1")\ndef test_a(): ...\n\n@pytest.mark.xfail\n@pytest.mark.proves("280.1-a1")\ndef test_b(): ...\n'  # noqa: E501

    assert _read(tmp_path, text).tests == {}


def test_an_id_that_is_not_written_out_is_reported_with_its_line(tmp_path: Path) -> None:
    text = "@pytest.mark.proves(*IDS)\ndef test_a(): ...\n"

    assert _read(tmp_path, text).unreadable == ["tests/kernel/test_thing.py::test_a (line 1)"]
