"""The shapes of what the API says and takes: fields listed one by one."""
