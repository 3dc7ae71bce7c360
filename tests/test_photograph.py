"""Photographs of digits: whatever light and paper, they become what the network knows; arrays are turned round."""

import io
import re
import warnings

import numpy as np
import pytest
from PIL import Image

from lessons.figures import steps
from nnlib.data import load_digits, load_mnist
from widgets.digit_explorer import pen
from widgets.digit_explorer.photograph import PictureError, in_box, opened, read_picture, read_pictures

*_, IMAGES, LABELS = load_mnist()


def page(place=0, size=260, shape=(640, 480), at=(120, 60), light=(0.85, 0.6), ink=0.7, noise=0.02):
    """A test image written on paper: grey levels 0 … 1; the light falls off to the right."""
    digit = Image.fromarray(np.uint8(255 * IMAGES[:, place].reshape(28, 28))).resize((size, size))
    paper = np.zeros(shape)
    paper[at[0] : at[0] + size, at[1] : at[1] + size] = np.asarray(digit) / 255
    grey = np.linspace(*light, shape[1]) * (1 - ink * paper)
    return np.clip(grey + np.random.default_rng(0).normal(size=shape) * noise, 0, 1)


def saved(grey, kind="PNG", mode="L", **options):
    file = io.BytesIO()
    Image.fromarray(np.uint8(255 * grey)).convert(mode).save(file, kind, **options)
    return file.getvalue()


def alike(one, other):
    """The correlation of two images."""
    return np.corrcoef(one.ravel(), other.ravel())[0, 1]


@pytest.mark.parametrize(("shape", "shrunk"), [((640, 480), (112, 84)), ((30, 1120), (3, 112)), ((112, 50), (112, 50))])
def test_a_picture_is_shrunk_to_four_pixels_for_each_of_the_28_and_never_enlarged(shape, shrunk):
    assert opened(np.ones(shape)).shape == opened(saved(np.ones(shape))).shape == shrunk


@pytest.mark.parametrize(
    "taken",
    [
        lambda: saved(page()),
        lambda: saved(page(), "JPEG", quality=60),
        lambda: saved(page(), "JPEG", "RGB", quality=40),
        lambda: saved(page(), mode="RGBA"),
        lambda: saved(page(), "GIF"),
        lambda: saved(page(light=(0.95, 0.3)), "JPEG"),
        lambda: saved(page(at=(20, 200), size=200)),
        lambda: saved(1 - page()),
        lambda: page(),
        lambda: 255 * page(),
        lambda: saved(page(shape=(2000, 1500), size=800), "JPEG"),
        lambda: saved(page(ink=0.35)),
    ],
    ids=["png", "jpeg", "colour", "transparent", "gif", "shadow", "aside", "chalk", "array", "0 … 255", "large",
         "pencil"],
)
def test_a_photograph_of_a_test_image_becomes_that_image_again(taken):
    photo = read_picture(taken())
    assert photo.image.shape == (28, 28) and photo.x.shape == (784, 1)
    assert photo.image.min() >= 0 and photo.image.max() == 1
    assert alike(photo.image, IMAGES[:, 0].reshape(28, 28)) > 0.85
    down, across = (photo.image.sum(axis=axis) @ np.arange(28) / photo.image.sum() for axis in (1, 0))
    assert abs(down - 14) < 0.6 and abs(across - 14) < 0.6


def test_how_the_phone_was_held_does_not_matter():
    turned = Image.fromarray(np.uint8(255 * page().T[:, ::-1]))
    exif = Image.Exif()
    exif[0x0112] = 8  # to be shown a quarter turn to the left
    file = io.BytesIO()
    turned.save(file, "JPEG", exif=exif)
    assert alike(read_picture(file.getvalue()).image, IMAGES[:, 0].reshape(28, 28)) > 0.85


def test_specks_and_shadows_at_the_border_are_no_part_of_the_digit():
    grey = page()
    grey[600:606, 20:26] = 0.2
    grey[:, 470:] = 0.1
    assert alike(read_picture(grey).image, IMAGES[:, 0].reshape(28, 28)) > 0.85


def test_eight_by_eight_as_the_small_digits():
    *_, small, _ = load_digits()
    image = small[:, 3].reshape(8, 8)
    photo = read_picture(np.pad(0.9 - 0.8 * np.kron(image, np.ones((40, 40))), 60, constant_values=0.9), side=8)
    assert photo.image.shape == (8, 8) and alike(photo.image, pen.fitted(image)) > 0.85


def test_the_steps_are_shown_and_end_with_the_image():
    photo = read_picture(page())
    assert [words for words, _ in photo.steps] == [
        "as it came, in grey", "white on black, even light", "cropped to the digit", "28×28, centred by mass",
    ]  # fmt: skip
    np.testing.assert_array_equal(photo.steps[-1][1], photo.image)
    assert "data:image/png" in steps(photo, alt="four pictures")._repr_html_()


@pytest.mark.parametrize(
    "source, said",
    [
        (np.full((50, 50), 0.7), "no digit is found.*thicker pen or more light"),
        (saved(np.full((90, 90), 0.7) + np.random.default_rng(0).normal(size=(90, 90)) * 0.01), "no digit is found"),
        (b"no picture at all", "save it as PNG or JPEG"),
        (saved(page())[:900], "cut off or broken"),
        (np.zeros((3, 4, 5)), r"\(rows, columns\)"),
        (np.full((5, 5), np.nan), "finite"),
    ],
)
def test_what_is_no_digit_is_said(source, said):
    with pytest.raises(PictureError, match=said):
        read_picture(source)


def test_paths_and_sizes(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_picture(tmp_path / "none.png")
    with pytest.raises(ValueError, match="28, as MNIST"):
        read_picture(page(), side=16)


def test_a_folder_of_digits_has_its_labels_in_the_names(tmp_path, capsys):
    for place in range(4):
        (tmp_path / f"{LABELS[0, place]}_{place}.png").write_bytes(saved(page(place)))
    (tmp_path / "notes.txt").write_text("no picture")
    x, y = read_pictures(tmp_path)
    assert x.shape == (784, 4) and sorted(y[0]) == sorted(LABELS[0, :4])
    assert "4 pictures" in capsys.readouterr().out
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "mine.png").write_bytes(saved(page()))
    assert read_pictures(tmp_path / "more")[1] is None
    (tmp_path / "more" / "mine.png").unlink()
    (tmp_path / "mine.png").write_bytes(saved(page()))
    with pytest.raises(PictureError, match=r"call it 7_mine\.png"):
        read_pictures(tmp_path)
    with pytest.raises(FileNotFoundError, match="no folder"):
        read_pictures(tmp_path / "none")
    (tmp_path / "empty").mkdir()
    with pytest.raises(PictureError, match="no picture lies in"):
        read_pictures(tmp_path / "empty")


@pytest.mark.parametrize("shape", ((50, 8, 8), (50, 64)))
def test_arrays_with_the_images_first_are_turned_round_with_a_word(tmp_path, capsys, shape):
    images = np.random.default_rng(0).integers(0, 256, shape).astype(np.uint8)
    np.savez(tmp_path / "a.npz", images=images, labels=np.arange(50) % 10)
    x, y = read_pictures(tmp_path / "a.npz")
    np.testing.assert_array_equal(x, images.reshape(50, 64).T / 255)
    assert y.tolist() == [[*range(10)] * 5]
    assert "has the images first: turned to (64, 50)" in capsys.readouterr().out


def test_arrays_as_they_should_be_stay(tmp_path, capsys):
    np.savez(tmp_path / "a.npz", x=np.random.default_rng(0).random((64, 50)), y=np.zeros((1, 50), int))
    x, y = read_pictures(tmp_path / "a.npz")
    assert x.shape == (64, 50) and y.shape == (1, 50) and "turned" not in capsys.readouterr().out
    np.savez(tmp_path / "b.npz", y=np.zeros(3))
    with pytest.raises(PictureError, match="no array of images"):
        read_pictures(tmp_path / "b.npz")


def test_a_photograph_at_the_end_of_a_cell_says_in_one_line_what_it_is():
    said = repr(read_picture(page()))
    assert said.startswith("Photograph of 28 × 28 pixels: as it came, in grey, ") and len(said) < 300


def test_a_stroke_thinner_than_a_pixel_stays():
    image = in_box(np.ones((1, 300)), 28)
    assert image.shape == (28, 28) and np.count_nonzero(image) == 20 and np.count_nonzero(image.any(axis=1)) == 1


@pytest.mark.parametrize("turned", [False, True])
def test_ink_that_is_longer_than_wide_stands_in_the_middle(turned):
    image = in_box(np.ones((200, 100)).T if turned else np.ones((200, 100)), 28)
    wanted = np.zeros((28, 28))
    wanted[4:24, 9:19] = 1
    np.testing.assert_array_equal(image.T if turned else image, wanted)


@pytest.mark.parametrize("slant", [0, 0.5, 1])
def test_the_edge_of_a_shadow_through_a_digit_is_no_ink(slant):
    down, across = np.mgrid[:640, :480]
    lit = page(light=(0.85, 0.85)) * np.where(across + slant * (down - 250) < 190, 0.55, 1)
    assert alike(read_picture(lit).image, IMAGES[:, 0].reshape(28, 28)) > 0.85


def test_paper_in_a_shadow_that_grows_holds_no_digit():
    with pytest.raises(PictureError, match="no digit is found"):
        read_picture(np.linspace(0.35, 0.9, 480) * np.ones((360, 1)))


def kinds_of_files():
    grey = page(light=(0.8, 0.8), noise=0)
    ink = np.uint8(255 * np.clip(1 - grey / 0.8, 0, 1))
    for mode, picture in (
        ("16 bits", Image.fromarray(np.uint16(65535 * grey))),
        ("12 bits of 16", Image.fromarray(np.uint16(4095 * grey))),
        ("32 bits", Image.fromarray(np.int32(65535 * grey))),
        ("floats", Image.fromarray(np.float32(grey))),
        ("black ink that lies on nothing", Image.fromarray(np.dstack([0 * ink, 0 * ink, 0 * ink, ink]))),
        ("white ink that lies on nothing", Image.fromarray(np.dstack([0 * ink + 255] * 3 + [ink]))),
        ("a palette", Image.fromarray(np.uint8(255 * grey)).quantize(16)),
        ("four inks", Image.fromarray(np.uint8(255 * grey)).convert("RGB").convert("CMYK")),
    ):
        file = io.BytesIO()
        picture.save(file, "TIFF")
        yield pytest.param(file.getvalue(), id=mode)


@pytest.mark.parametrize("file", [*kinds_of_files()])
def test_a_picture_of_any_kind_is_read(file):
    assert alike(read_picture(file).image, IMAGES[:, 0].reshape(28, 28)) > 0.85


def test_two_digits_side_by_side_are_refused_and_one_of_two_strokes_is_not():
    two = np.hstack([page(0, light=(0.8, 0.8), shape=(400, 380)), page(1, light=(0.8, 0.8), shape=(400, 380))])
    with pytest.raises(PictureError, match="two shapes stand side by side"):
        read_picture(two)
    five = np.full((200, 200), 0.9)
    five[40:160, 60:70] = five[30:40, 90:140] = 0.1
    assert read_picture(five).image.max() == 1


def test_no_file_stays_open(tmp_path):
    Image.fromarray(np.uint8(255 * page())).save(tmp_path / "a.gif")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read_picture(tmp_path / "a.gif")
    (tmp_path / "a.gif").rename(tmp_path / "b.gif")


DIGITS = np.uint8(255 * IMAGES[:, :50].T.reshape(50, 28, 28))
DIGIT_OF = LABELS[0, :50]


@pytest.mark.parametrize(
    "arrays, said",
    [
        ({"x": DIGITS, "y": np.eye(10)[DIGIT_OF]}, "images first"),
        ({"x": DIGITS, "y": np.eye(10)[DIGIT_OF].T}, "images first"),
        ({"x": DIGITS, "y": DIGIT_OF[:, np.newaxis]}, "images first"),
        ({"x": DIGITS.transpose(1, 2, 0), "y": DIGIT_OF}, r"pixels in rows: now \(784, 50\)"),
        ({"x": np.stack([DIGITS] * 3, axis=-1), "y": DIGIT_OF}, "in grey"),
        ({"x": DIGITS[:, np.newaxis], "y": DIGIT_OF}, "images first"),
        ({"x": 255 - DIGITS, "y": DIGIT_OF}, "dark on light"),
        ({"x_train": DIGITS, "y_train": DIGIT_OF, "x_test": DIGITS[:9], "y_test": DIGIT_OF[:9]},
         r"x_test \(9, 28, 28\), y_test \(9,\) not read"),
        ({"x": DIGITS.reshape(50, 784)}, "images first.*no labels"),
        ({"x": DIGITS, "y": DIGIT_OF[:40]}, r"y \(40,\) not read.*no labels"),
    ],
)  # fmt: skip
def test_arrays_as_others_keep_them_become_columns_and_it_is_said(tmp_path, capsys, arrays, said):
    np.savez(tmp_path / "a.npz", **arrays)
    x, y = read_pictures(tmp_path / "a.npz")
    np.testing.assert_allclose(x, IMAGES[:, :50], atol=0.003)
    assert y is None if "no labels" in said else (y == DIGIT_OF).all() and y.shape == (1, 50)
    assert re.search(said, capsys.readouterr().out)


def test_what_holds_no_arrays_of_numbers_is_named(tmp_path):
    (tmp_path / "text.npz").write_text("no arrays")
    np.savez(tmp_path / "objects.npz", x=np.array([{}], object))
    np.savez(tmp_path / "nan.npz", x=np.full((3, 28, 28), np.nan))
    for name, said in (("text", "no plain arrays"), ("objects", "no plain arrays"), ("nan", "no finite number")):
        with pytest.raises(PictureError, match=said):
            read_pictures(tmp_path / f"{name}.npz")


def test_a_number_of_several_digits_is_no_label(tmp_path):
    (tmp_path / "2024-01-03.png").write_bytes(saved(page()))
    assert read_pictures(tmp_path)[1] is None
