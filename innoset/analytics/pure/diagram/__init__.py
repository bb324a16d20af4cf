"""The diagram of the network: municipalities as sectors round the centres, laid out and written as SVG."""

from innoset.analytics.pure.diagram.places import place_picture
from innoset.analytics.pure.diagram.wheel import wheel_picture

__all__ = ["place_picture", "wheel_picture"]
