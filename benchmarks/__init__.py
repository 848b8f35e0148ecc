"""What is measured: how right the reading of texts is, how fast kg is."""
