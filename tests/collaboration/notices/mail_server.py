"""A mail server of a few lines: takes what it is given, refuses whom it is told to, and can be too slow to answer."""

import socketserver
from contextlib import contextmanager
from threading import Thread


class Session(socketserver.StreamRequestHandler):
    """The part of SMTP that a client must hear to leave a mail."""

    def handle(self):
        self.say("220 provpost")
        while line := self.rfile.readline().decode().strip():
            word = line.split()[0].upper()
            if word == "DATA":
                self.say("354 skriv")
                self.server.mails.append(self.read_mail())
                self.say("250 tack")
            elif word == "RCPT" and any(address in line for address in self.server.refused):
                self.say("550 finns inte")
            else:
                self.say("221 adjö" if word == "QUIT" else "250 ja")

    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())

    def read_mail(self):
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        return b"".join(lines)


class Silent(socketserver.BaseRequestHandler):
    """Takes the call and never says a word."""

    def handle(self):
        self.request.recv(1)


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False


@contextmanager
def serving(settings, *, handler=Session, refused=()):
    """Let Django's mail go to a server of the test; gives the list of the mails it gets."""
    with Server(("127.0.0.1", 0), handler) as server:
        server.mails, server.refused = [], refused
        point_at(settings, server.server_address[1])
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.mails
        finally:
            server.shutdown()


def point_at(settings, port):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 0.3
