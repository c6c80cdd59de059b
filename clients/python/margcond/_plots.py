"""Pictures, which notebooks show by themselves."""


class Picture:
    """A picture as SVG."""

    def __init__(self, svg):
        self.svg = svg

    def _repr_svg_(self):
        return self.svg

    def save(self, path):
        """Write the picture to a file."""
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.svg)

    def __repr__(self):
        return f"<Picture, {len(self.svg)} characters of SVG>"
