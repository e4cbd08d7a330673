from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Names with a hash, kept for ever by the browser, once `hjulet serve` has collected the files; else the plain ones.

    So a command or a test that draws a page needs no step before it.
    """

    def stored_name(self, name):
        return super().stored_name(name) if self.hashed_files else name
