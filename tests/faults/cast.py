"""Who works while things break."""

LANGUAGES = ("en", "fr", "ar", "zh-hans")  # a writer for each
STATES_A_WRITER = 8
PASSWORD = "secret-of-tests"  # as tests/factories.py gives it
OFFICER, SECRET = "dana@un.example", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
