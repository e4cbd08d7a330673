"""A small real SAML identity provider: its description, and assertions signed with its key for whoever asks.

`says` may hold: `attributes`, `subject` (the NameID) and `format` of the person, `audience`, `late` (seconds by which
the assertion is too old), `in_response_to`, `forged` (signed with a key that was never told), `unsigned`, `recipient`, `acr`,
`altered` (what is written over after signing).
"""

import base64
import zlib
from datetime import UTC, datetime, timedelta
from html import escape
from uuid import uuid4
from xml.etree import ElementTree as ET

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from onelogin.saml2.utils import OneLogin_Saml2_Utils

from tests.identity.process import Handler, Told, serve

ENTITY = "http://localhost/saml-prov"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"

METADATA = """<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{entity}">
<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>
<ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="{address}/sso"/>
</md:IDPSSODescriptor></md:EntityDescriptor>"""

ASSERTION = """<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{id}" IssueInstant="{now}"
 Version="2.0"><saml:Issuer>{entity}</saml:Issuer><saml:Subject><saml:NameID Format="{format}">{subject}</saml:NameID>
<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
<saml:SubjectConfirmationData InResponseTo="{asked}" NotOnOrAfter="{end}" Recipient="{recipient}"/>
</saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="{begin}" NotOnOrAfter="{end}">
<saml:AudienceRestriction><saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>
<saml:AuthnStatement AuthnInstant="{now}" SessionIndex="{id}"><saml:AuthnContext>
<saml:AuthnContextClassRef>{acr}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>
<saml:AttributeStatement>{attributes}</saml:AttributeStatement></saml:Assertion>"""

RESPONSE = """<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"
 xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{id}" Version="2.0" IssueInstant="{now}" Destination="{acs}"
 InResponseTo="{asked}"><saml:Issuer>{entity}</saml:Issuer><samlp:Status>
<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>{assertion}</samlp:Response>"""


def key_and_certificate():
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "prov")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    signed = made.sign(key, hashes.SHA256())
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private.decode(), signed.public_bytes(serialization.Encoding.PEM).decode()


OURS, STRANGERS = key_and_certificate(), key_and_certificate()


class Saml(Handler):
    told = Told()
    pages = {"/metadata": "metadata", "/sso": "sso"}

    def metadata(self, asked):
        certificate = "".join(OURS[1].splitlines()[1:-1])
        text = METADATA.format(entity=ENTITY, certificate=certificate, address=self.address)
        self.send(text.encode(), "application/samlmetadata+xml", 200)

    def sso(self, asked):
        """A page with a button: the browser itself carries the answer over."""
        request = ET.fromstring(zlib.decompress(base64.b64decode(asked["SAMLRequest"]), -15))
        acs, client = request.get("AssertionConsumerServiceURL"), request[0].text
        answer = base64.b64encode(self.response(request.get("ID"), acs, client).encode()).decode()
        self.send_page(
            "Kommunens inloggning",
            f'<form method="post" action="{escape(acs)}"><input type="hidden" name="SAMLResponse" value="{answer}">'
            f'<input type="hidden" name="RelayState" value="{escape(asked.get("RelayState", ""))}">'
            '<button type="submit">Jag är Karin</button></form>',
        )

    def response(self, asked, acs, client):
        says = self.told.says
        now = datetime.fromtimestamp(self.told.now, UTC) - timedelta(seconds=says.get("late", 0))
        begin, end = now - timedelta(minutes=1), now + timedelta(minutes=5)
        asked = says.get("in_response_to", asked)
        assertion = ASSERTION.format(
            id=f"_{uuid4()}",
            entity=ENTITY,
            now=at(now),
            begin=at(begin),
            end=at(end),
            format=says.get("format", PERSISTENT),
            subject=escape(says["subject"]),
            asked=asked,
            recipient=says.get("recipient", acs),
            audience=says.get("audience", client),
            acr=says.get("acr", "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"),
            attributes="".join(attribute(name, values) for name, values in says["attributes"].items()),
        )
        if not says.get("unsigned"):
            key, certificate = STRANGERS if says.get("forged") else OURS
            assertion = OneLogin_Saml2_Utils.add_sign(assertion, key, certificate).decode()
        if "altered" in says:
            assertion = assertion.replace(*says["altered"])
        return RESPONSE.format(id=f"_{uuid4()}", now=at(now), acs=acs, asked=asked, entity=ENTITY, assertion=assertion)


def attribute(name, values):
    inner = "".join(f"<saml:AttributeValue>{escape(value)}</saml:AttributeValue>" for value in values)
    return f'<saml:Attribute Name="{escape(name)}">{inner}</saml:Attribute>'


def at(moment):
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


if __name__ == "__main__":
    serve(Saml)
