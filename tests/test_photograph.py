"""Photographs of digits: whatever light and paper, they become what the network knows; arrays are turned round."""

import io

import numpy as np
import pytest
from PIL import Image

from lessons.figures import steps
from nnlib.data import load_digits, load_mnist
from widgets.digit_explorer import pen
from widgets.digit_explorer.photograph import PictureError, in_box, read_picture, read_pictures

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
