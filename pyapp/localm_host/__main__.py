"""`python -m localm_host` is the command `localm`."""

from localm_host.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
