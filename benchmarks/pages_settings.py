"""The settings of production with one more address, which does nothing: what every page is measured against."""

from a4p.settings import *  # noqa: F403 - the real settings and an address beside the real ones

ROOT_URLCONF = "benchmarks.pages_urls"
