"""What any record can carry: comments, attachments, and the versions of registers."""
