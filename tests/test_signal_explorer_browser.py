"""SignalExplorer in a real browser: other first weights by key, fewer layers by number."""


def test_first_weights_by_key_and_depth_by_number(lab):
    page = lab.run_cells("from widgets import SignalExplorer\nexplorer = SignalExplorer()\nexplorer")
    explorer = page.locator(".nn-signal-explorer")
    figures = explorer.locator(".nn-layers figure")
    figures.nth(9).wait_for()
    explorer.get_by_label("First weights").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    lab.wait_for("document.querySelector('.nn-narration').innerText.includes('The gradients explode')", "size 1")
    assert "exploded" in figures.nth(9).inner_text()
    depth = explorer.get_by_label("Hidden layers")
    depth.click(click_count=3)
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    lab.wait_for("document.querySelectorAll('.nn-layers figure').length === 3", "three layers")
    lab.check()


def test_what_is_the_matter_with_a_layer_lies_upon_nothing(lab):
    page = lab.run_cells('from widgets import SignalExplorer\nSignalExplorer(start_from="zeros")')
    page.locator(".nn-matters").first.get_by_text("all alike").wait_for()
    for kind in ("zeros", "size 1", "He"):
        page.locator(".nn-signal-explorer").get_by_label("First weights").select_option(kind)
        alike = "document.querySelector('.nn-matters').innerText.includes('alike')"
        lab.wait_for(alike if kind == "zeros" else f"!{alike}", kind)
        over = page.evaluate("""[...document.querySelectorAll('.nn-layers figure')].filter((box) => {
          const [mark, drawn] = ['.nn-matters', 'svg'].map((one) => box.querySelector(one).getBoundingClientRect());
          const wide = box.getBoundingClientRect().width;
          return mark.bottom > drawn.top + 1 || mark.width > wide || drawn.height < 20; }).length""")
        assert over == 0, kind
    lab.check()
