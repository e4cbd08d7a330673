"""What we must follow: the quality areas; laws, processes and documents come here."""
