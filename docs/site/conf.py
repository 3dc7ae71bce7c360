"""Sphinx reads this: how the pages that `tools/build_site.py` has put together become a site. It fetches nothing."""

project = "Build a neural network, and watch it think"
author = "the nnlib-course contributors"
html_title = "nnlib-course"
extensions = ["myst_nb"]
myst_enable_extensions = ["attrs_inline"]
myst_heading_anchors = 3
nb_execution_mode = "off"  # the lessons have run when they come here
html_theme = "pydata_sphinx_theme"
html_favicon = "_static/icon.svg"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sourcelink = False
html_copy_source = False
html_permalinks = False
html_extra_path = ["extra"]  # the front page, the replays, the slides, JupyterLite: as they are
html_context = {"default_mode": "auto"}  # light or dark as the reader has it
html_sidebars = {"replays": []}  # it has no pages below it to list
html_theme_options = {
    "logo": {"text": "nnlib-course"},
    "navbar_end": ["theme-switcher"],
    "secondary_sidebar_items": ["page-toc"],
    "show_prev_next": True,
    "footer_start": [],
    "footer_end": [],
    "show_toc_level": 1,
    "search_as_you_type": True,
}
suppress_warnings = ["myst.header", "misc.highlighting_failure"]  # a lesson's cell may be Python with blanks in it
