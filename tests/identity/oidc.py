"""A small real OpenID Connect provider: discovery, authorisation code with PKCE, signed tokens, keys, user information.

Signed by joserfc, so that the product's own library does not check what it wrote itself. `says` may hold:
`claims` (of the person who logs in), `token` (claims to put in the token instead of the true ones), `userinfo` (the
same for the user information), `forged` (sign with a key that was never told), `unsigned`, `cancels`, `asks` (show a page
with a button), `down` (paths that answer 503).
"""

import base64
import hashlib
import json
import secrets
from urllib.parse import urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.identity.process import Handler, Told, serve

CLIENT, SECRET = "hjulet", "en hemlighet för prov"
KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
STRANGER = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
CODES: dict[str, dict[str, str]] = {}


class OpenID(Handler):
    told = Told()
    pages = {
        "/.well-known/openid-configuration": "discovery",
        "/authorize": "authorize",
        "/token": "token",
        "/keys": "keys",
        "/userinfo": "userinfo",
        "/end_session": "end_session",
    }

    def answer(self, form):
        if urlsplit(self.path).path in self.told.says.get("down", ()):
            return self.send_page("Tillfälligt fel", status=503)
        return super().answer(form)

    def discovery(self, asked):
        self.send_json(
            {
                "issuer": self.told.says.get("issuer", self.address),
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "jwks_uri": f"{self.address}/keys",
                "userinfo_endpoint": f"{self.address}/userinfo",
                "end_session_endpoint": f"{self.address}/end_session",
                "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            }
        )

    def authorize(self, asked):
        if asked["client_id"] != CLIENT or asked.get("code_challenge_method") != "S256":
            return self.send_page("Okänd klient", status=400)
        if self.told.says.get("asks") and "yes" not in asked:
            return self.send_page(
                "Kommunens inloggning", f'<a href="/authorize?{urlencode(asked)}&yes=1">Jag är Karin</a>'
            )
        answer = {"state": asked["state"]}
        if self.told.says.get("cancels"):
            return self.send_on(f"{asked['redirect_uri']}?{urlencode(answer | {'error': 'access_denied'})}")
        code = secrets.token_urlsafe()
        CODES[code] = asked
        return self.send_on(f"{asked['redirect_uri']}?{urlencode(answer | {'code': code})}")

    def token(self, asked):
        begun = CODES.pop(asked.get("code"), None)
        if begun is None or not self.is_client(asked) or not is_proof(asked, begun):
            return self.send_json({"error": "invalid_grant"}, status=400)
        claims = {
            "iss": self.address,
            "aud": CLIENT,
            "iat": self.told.now,
            "exp": self.told.now + 300,
            "jti": secrets.token_urlsafe(),
            "nonce": begun.get("nonce"),
        }
        claims |= self.told.says["claims"] | self.told.says.get("token", {})
        token = self.signed({name: value for name, value in claims.items() if value is not None})
        return self.send_json({"access_token": secrets.token_urlsafe(), "token_type": "Bearer", "id_token": token})

    def is_client(self, asked):
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        return self.headers.get("Authorization") == f"Basic {basic}" or asked.get("client_secret") == SECRET

    def signed(self, claims):
        if self.told.says.get("unsigned"):
            parts = [json.dumps({"alg": "none", "kid": "one"}), json.dumps(claims)]
            return ".".join([*(base64.urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in parts), ""])
        key = STRANGER if self.told.says.get("forged") else KEY
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, key)

    def keys(self, asked):
        self.send_json({"keys": [KEY.as_dict(private=False)]})

    def userinfo(self, asked):
        self.send_json(self.told.says["claims"] | self.told.says.get("userinfo", {}))

    def end_session(self, asked):
        self.send_page("Du är utloggad ur kommunens inloggning")


def is_proof(asked, begun):
    """PKCE, and the same way back as when it began."""
    digest = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    return challenge == begun["code_challenge"] and asked.get("redirect_uri") == begun["redirect_uri"]


if __name__ == "__main__":
    serve(OpenID)
