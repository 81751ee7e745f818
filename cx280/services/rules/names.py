"""When two services have the same name, and the code a name becomes in addresses."""

import re
import unicodedata

# Words that are pages beside the services in the address /services/<word>/.
RESERVED = frozenset(
    {
        "new",
        "providers",
        "inventory",
        "certificates",
        "import",
        "export",
        "worksheet",
        "designations",
        "occasions",
    }
)
CODE_LENGTH = 80
_CODE = re.compile(r"^[-a-zA-Z0-9_]+$")


def name_key(name: str) -> str:
    """What two names share when a reader would call them the same: no case, single spaces."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def code_for(name: str, taken: frozenset[str] = frozenset()) -> str:
    """A free code for a name: lower case ASCII words joined by hyphens, 1 to 80 characters."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: CODE_LENGTH - 6].strip("-") or "service"
    code, number = stem, 1
    while code in taken or code in RESERVED:
        number += 1
        code = f"{stem}-{number}"
    return code


def is_code(code: str) -> bool:
    """Whether the code may stand in an address of its own."""
    return bool(_CODE.match(code)) and len(code) <= CODE_LENGTH and code not in RESERVED
