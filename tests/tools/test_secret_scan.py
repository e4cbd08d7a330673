import pytest

from tools.secret_scan import secrets_in

# Taken apart, so that the scan does not find its own test.
FOUND = {
    "privat nyckel": "-----BEGIN RSA PRIVATE" + " KEY-----\nMIIE",
    "nyckel till moln": "AKIA" + "IOSFODNN7EXAMPLE",
    "token": "ghp_" + "a1B2" * 9,
    "JSON Web Token": "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N",
    "lösenord i adress": "postgres://hjulet:" + "s3cr3t@server/hjulet",
    "lösenord i klartext": 'API_KEY = "' + 'a1b2c3d4e5f6g7h8i9"',
}


@pytest.mark.parametrize(("kind", "text"), FOUND.items())
def test_a_secret_is_found_on_its_line(kind, text):
    assert list(secrets_in(f"first line\n{text}\n")) == [(2, kind)]


@pytest.mark.parametrize("text", FOUND.values())
def test_a_line_that_says_so_is_none(text):
    first, line_break, rest = text.partition("\n")

    assert list(secrets_in(f"{first}  # no secret: an example{line_break}{rest}  # no secret")) == []


@pytest.mark.parametrize(
    "text",
    [
        "HJULET_DATABASE=postgres://ANVÄNDARE:LÖSENORD@SERVER/DATABAS",
        "submission://namn:losenord@server:587",
        'PASSWORD = "en lång lösenfras för prov"',
        'password = env.str("HJULET_PASSWORD")',
        "https://hjulet.example.org/konto/login/?next=a@b",
        "--hash=sha256:694ae5cc8a42f4c4e2bf2ca0e64e51e23a040c6a517a85074683d3959e1346c1",
    ],
)
def test_what_opens_nothing_is_none(text):
    assert list(secrets_in(text)) == []
