"""The pages that stand alone: templates, style and script, put together into one HTML file."""

from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined


def rendered(template: str, **content: object) -> str:
    """Return a page; the style is that of all pages.

    Parameters
    ----------
    template
        Name of the template.
    content
        What it asks for.
    """
    return _environment().get_template(template).render(style=part("style.css"), **content)


@cache
def part(name: str) -> str:
    """Return a file that goes into a page as it is."""
    return files("formcheck.output.report").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("formcheck.output.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
