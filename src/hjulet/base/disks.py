"""What a disk says when it will not."""

import errno

from django.utils.translation import gettext as _


def reason_of(error: OSError) -> str:
    """Why the disk said no, in words; what is rare is said as the system says it."""
    reasons = {
        errno.ENOSPC: _("disken är full"),
        errno.EDQUOT: _("ditt utrymme på disken är slut"),
        errno.EFBIG: _("filen får inte bli så stor"),
        errno.EACCES: _("du har inte rätt till mappen eller filen"),
        errno.EROFS: _("disken är skrivskyddad"),
        errno.ENOENT: _("filen eller mappen finns inte"),
        errno.EEXIST: _("det finns en fil där mappen skulle ligga"),
        errno.EISDIR: _("det är en mapp"),
        errno.ENOTDIR: _("en del av sökvägen är ingen mapp"),
    }
    return reasons.get(error.errno or 0) or str(error.strerror or error)
