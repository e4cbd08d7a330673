"""The settings of single sign-on. `organisation/sign_on/configuration.py` reads and checks them together."""

from hjulet.config.kinds import ADDRESSES, FOLDER, TEXT, YES_OR_NO, Setting, choice

SIGN_ON = (
    Setting(
        "HJULET_OIDC_ISSUER",
        ADDRESSES,
        "Inloggningstjänstens adress (OpenID Connect), med https://. Slår på inloggning med kommunens konto.",
        "https://id.kommun.se/realms/kommunen",
    ),
    Setting("HJULET_OIDC_CLIENT_ID", TEXT, "Vad hjulet heter hos inloggningstjänsten.", "hjulet"),
    Setting(
        "HJULET_OIDC_CLIENT_SECRET",
        TEXT,
        "Hjulets hemlighet hos inloggningstjänsten.",
        "som tjänsten visar den",
        is_secret=True,
    ),
    Setting(
        "HJULET_OIDC_SCOPES",
        TEXT,
        "Vad hjulet ber om, med mellanslag emellan. openid ska vara med.",
        "openid profile email groups",
        default="openid profile email",
    ),
    Setting(
        "HJULET_SAML_METADATA_URL",
        ADDRESSES,
        "Adressen till inloggningstjänstens beskrivning (SAML). Slår på inloggning med kommunens konto.",
        "https://adfs.kommun.se/FederationMetadata/2007-06/FederationMetadata.xml",
    ),
    Setting(
        "HJULET_SAML_METADATA_FILE",
        FOLDER,
        "Samma beskrivning som fil, när servern inte når adressen.",
        "/etc/hjulet/metadata.xml",
    ),
    Setting(
        "HJULET_SAML_IDP_ENTITY_ID",
        TEXT,
        "Vad inloggningstjänsten heter i sin beskrivning.",
        "http://adfs.kommun.se/adfs/services/trust",
    ),
    Setting(
        "HJULET_SAML_SP_ENTITY_ID",
        TEXT,
        "Vad hjulet heter hos inloggningstjänsten.",
        "https://hjulet.kommun.se/",
        worked_out="adressen till hjulets egen beskrivning",
    ),
    Setting(
        "HJULET_SSO_NAME",
        TEXT,
        "Vad knappen på inloggningssidan kallar tjänsten.",
        "Lindvallakonto",
        default="kommunens konto",
    ),
    Setting(
        "HJULET_SSO_GROUPS_CLAIM",
        TEXT,
        "Vilken uppgift från tjänsten som har grupperna.",
        "realm_access.roles",
        worked_out="groups med OpenID Connect, Group med SAML",
    ),
    Setting(
        "HJULET_SSO_GROUPS_PREFIX",
        TEXT,
        "Bara grupper som börjar så räknas, när tjänsten skickar många andra.",
        "Hjulet-",
    ),
    Setting(
        "HJULET_SSO_NAME_CLAIM",
        TEXT,
        "Vilken uppgift som är personens namn.",
        "displayName",
        worked_out="name med båda",
    ),
    Setting(
        "HJULET_SSO_EMAIL_CLAIM",
        TEXT,
        "Vilken uppgift som är personens e-postadress.",
        "upn",
        worked_out="email med OpenID Connect, emailaddress med SAML",
    ),
    Setting(
        "HJULET_SSO_EMAIL_DOMAINS",
        TEXT,
        "Kommunens egna domäner, med komma emellan. Där känns den som redan finns igen på sin adress.",
        "kommun.se",
    ),
    Setting(
        "HJULET_SSO_ADD_PEOPLE",
        YES_OR_NO,
        "Om den som inte finns läggs till första gången, när någon grupp ger en roll.",
        "ja",
        default="nej",
    ),
    Setting(
        "HJULET_SSO_REQUIRE_ACR",
        TEXT,
        "Kräv att tjänsten säger att andra steget är gjort: värden i acr eller amr, med komma emellan.",
        "mfa",
    ),
    Setting(
        "HJULET_PASSWORD_LOGIN",
        choice("alla", "systemforvaltare"),
        "Vilka som får logga in med lösenord. Systemförvaltare kommer alltid in, också när tjänsten ligger nere.",
        "systemforvaltare",
        default="alla",
    ),
)
