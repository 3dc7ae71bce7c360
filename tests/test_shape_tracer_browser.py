"""ShapeTracer in JupyterLab: sizes typed, corners dragged and moved by keys, and the error that NumPy gives."""

EXPLORER = "from widgets import ShapeTracer\nexplorer = ShapeTracer(operation='A @ B', a=(3, 2), b=(2, 5))\nexplorer"
STAT = "text => document.querySelector('.nn-stats dd')?.textContent === text"


def test_shapes_change_by_mouse_and_by_keyboard(lab):
    page = lab.run_cells(EXPLORER)
    root = page.locator(".nn-explorer")
    page.wait_for_function(STAT, arg="(3, 5)")

    corner = root.get_by_role("button", name="Size of A: 3 by 2")
    box = corner.bounding_box()
    page.mouse.move(box["x"] + 12, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 12, box["y"] + 12 + 80, steps=5)
    page.mouse.up()
    page.wait_for_function(STAT, arg="(5, 5)")  # 80 pixels are a little more than two cells

    corner = root.get_by_role("button", name="Size of A")
    corner.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(STAT, arg="none")
    assert "3 ≠ 2: these two must be equal" in root.inner_text()
    assert "NumPy says: ValueError" in root.inner_text()
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(STAT, arg="(5, 5)")

    root.get_by_label("Operation").select_option("A − B")
    root.get_by_role("button", name="Shape of A: remove the last").click()
    first = root.get_by_role("group", name="Shape of A", exact=True).get_by_role("spinbutton")
    first.fill("2")
    first.press("Enter")
    second = root.get_by_role("group", name="Shape of B", exact=True).get_by_role("spinbutton").last
    second.fill("1")
    second.press("Enter")
    page.wait_for_function(STAT, arg="(2, 2)")
    assert "Both were repeated: 4 numbers from 2 and 2." in root.inner_text()
    lab.check()
