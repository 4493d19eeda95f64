"""The command line and the page that people use."""
