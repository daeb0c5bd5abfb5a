"""A model hub of our own, over real HTTP on two origins: what tests download from.

with LocalHub() as hub:
    hub.break_path("params_shard_0.bin", cut_off(after_bytes=1000), times=1)
    ...
    assert hub.count("params_shard_0.bin") == 2
"""

from tests.hub.contents import Content, Generated
from tests.hub.hub import LocalHub
from tests.hub.repositories import GOOD_TOKEN, Repository
from tests.hub.requests import Asked

__all__ = ["GOOD_TOKEN", "Asked", "Content", "Generated", "LocalHub", "Repository"]
