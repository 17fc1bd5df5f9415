"""Pictures hold everything apart, lose nothing, say what they show, and are the same bytes each time."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from itertools import combinations

import networkx
import pytest

from pyfwgraph.errors import ExportError
from pyfwgraph.export.picture import (
    Group,
    Matrix,
    MatrixCell,
    MatrixRow,
    dependency_drawing,
    dependency_mermaid,
    lineage_drawing,
    lineage_mermaid,
    matrix_drawing,
    release_drawing,
    to_axes,
    to_svg,
)
from pyfwgraph.export.picture.drawing import Circle, Curve, Drawing, Text, shape_box
from pyfwgraph.export.picture.kin import WORDS
from pyfwgraph.export.picture.matrix import STATES
from pyfwgraph.export.picture.moment import read_moment
from pyfwgraph.export.picture.palette import COLOURS, STYLES
from pyfwgraph.export.picture.path import sample
from pyfwgraph.export.picture.typeface import FAMILIES, text_width

SVG = "{http://www.w3.org/2000/svg}"
NASTY = ["end", "1. x", 'a "b" <c> & `d`', "#35;", "[({|})]", "é 中", "%% comment", "", "graph TD; a-->b"]


def lineage_of(nodes, edges):
    graph = networkx.MultiDiGraph()
    for name, released, last in nodes:
        dates = {"released": released, "last_released": last}
        graph.add_node(name, label=name.title(), kind="framework", **{k: v for k, v in dates.items() if v})
    for child, relation, parent in edges:
        graph.add_edge(child, parent, key=relation, relation=relation)
    return graph


def family():
    """Every relation, dates of every precision, and a project without any."""
    return lineage_of(
        [
            ("kettle", "2001", "2009-05-01"),
            ("teapot", "2004-11", "2012-01-31"),
            ("samovar", "2005-02-11", None),
            ("urn", None, None),
            ("boiler", "2008-02-01", "2020-02-02"),
            ("steamer", "2010-01-01", None),
            ("cup", "2011-01-01", None),
            ("mug", "2012-01-01", "2024-01-01"),
        ],
        [
            ("teapot", "renamedFrom", "kettle"),
            ("samovar", "forkOf", "teapot"),
            ("urn", "rewriteOf", "samovar"),
            ("boiler", "splitFrom", "teapot"),
            ("steamer", "successorOf", "urn"),
            ("kettle", "mergedInto", "boiler"),
            ("cup", "inspiredBy", "kettle"),
            ("mug", "inspiredBy", "cup"),
        ],
    )


def nearest(graph, start, count):
    """The projects of a lineage that are nearest to one."""
    steps = networkx.single_source_shortest_path_length(graph.to_undirected(), start)
    return graph.subgraph(sorted(steps, key=lambda node: (steps[node], node))[:count])


def requirements():
    graph = networkx.MultiDiGraph()
    graph.add_nodes_from((name, {"label": name.upper()}) for name in "abcde")
    for start, end in ("ab", "bc", "ac", "cd", "da", "ee"):
        graph.add_edge(start, end, relation="requires", specifier=f">={ord(end) - 96}")
    graph.add_edge("a", "d", relation="requires", specifier="<1", until="1.0")
    graph.add_edge("a", "e", relation="requires", scope="optional")
    return graph


def matrix():
    rows = [
        MatrixRow(f"Feature {i}", tuple(MatrixCell(STATES[(i + j) % len(STATES)], f"part {i}") for j in range(3)))
        for i in range(60)
    ]
    groups = (Group("Data", tuple(rows[:20])), Group("Operation", tuple(rows[20:])))
    return Matrix(("Teakettle", "Boiler", "A Framework with a Rather Long Name"), groups)


def releases():
    return [
        (f"Project {p}", f"{major}.{minor}{'b1' * (minor == 3)}", f"{2000 + p + major * 2}-{minor * 2 + 1:02}-0{p + 1}", minor == 3)
        for p in range(8)
        for major in range(7)
        for minor in range(6)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def drawings(packaged):
    """One drawing of each kind, small and of the packaged graph."""
    lineage = packaged.to_networkx("lineage")
    every = packaged.to_networkx("all")
    near = networkx.ego_graph(every, "fw:pyramid", 1).edge_subgraph(
        [edge for edge in every.edges(keys=True) if edge[0] == "fw:pyramid" and edge[1].startswith("fw:")]
    )
    return {
        "family": lineage_drawing(family()),
        "sixty": lineage_drawing(nearest(lineage, "fw:fastapi", 60)),
        "whole": lineage_drawing(lineage),
        "requirements": dependency_drawing(requirements()),
        "pyramid": dependency_drawing(near),
        "matrix": matrix_drawing(matrix()),
        "releases": release_drawing(releases()),
        "none": lineage_drawing(networkx.MultiDiGraph()),
    }


KINDS = ["family", "sixty", "whole", "requirements", "pyramid", "matrix", "releases", "none"]


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_texts_overlap(drawings, kind):
    boxes = sorted((shape_box(shape), shape.text) for shape in drawings[kind].shapes if isinstance(shape, Text))
    over = []
    for i, (box, text) in enumerate(boxes):
        for other, other_text in boxes[i + 1 :]:
            if other.left >= box.right:
                break
            if box.overlaps(other):
                over.append((text, other_text))
    assert over == []


@pytest.mark.parametrize("kind", KINDS)
def test_everything_lies_within_the_paper(drawings, kind):
    drawing = drawings[kind]
    for shape in drawing.shapes:
        left, top, right, bottom = shape_box(shape)
        assert left >= 0, shape
        assert top >= 0, shape
        assert right <= drawing.width, shape
        assert bottom <= drawing.height, shape


@pytest.mark.parametrize("kind", KINDS)
def test_svg_is_xml_with_a_title_and_a_description(drawings, kind):
    root = ET.fromstring(to_svg(drawings[kind]))
    assert root.get("role") == "img"
    named = {element.get("id"): element.text for element in root if element.tag in (f"{SVG}title", f"{SVG}desc")}
    assert list(named.values()) == [drawings[kind].title, drawings[kind].description]
    assert root.get("aria-labelledby").split() == list(named)
    assert "prefers-color-scheme: dark" in root.find(f"{SVG}style").text


@pytest.mark.parametrize("kind", KINDS)
def test_svg_holds_every_shape_and_every_text(drawings, kind):
    root = ET.fromstring(to_svg(drawings[kind]))
    groups = root.findall(f"{SVG}g")
    assert sum(len(group) for group in groups) == len(drawings[kind].shapes)
    texts = [(e[-1].tail if len(e) else e.text) for e in root.iter(f"{SVG}text")]
    assert texts == [shape.text for shape in drawings[kind].shapes if isinstance(shape, Text)]


def test_lines_of_a_lineage_run_around_labels(drawings):
    drawing = drawings["sixty"]
    labels = [shape_box(s) for s in drawing.shapes if isinstance(s, Text) and s.style.startswith("label")]
    curves = [shape for shape in drawing.shapes if isinstance(shape, Curve)]
    hits = [
        (curve.style, curve.hover)
        for curve in curves
        for left, top, right, bottom in labels
        if any(left < x < right and top < y < bottom for x, y in sample(curve.points, 2))
    ]
    assert [hit for hit in hits if hit[0] != "inspiredBy"] == []
    assert len(hits) <= len(curves) / 4


def test_lines_of_requirements_run_around_boxes(drawings):
    drawing = drawings["requirements"]
    boxes = [shape_box(shape) for shape in drawing.shapes if shape.style in ("node", "node-root")]
    for curve in (shape for shape in drawing.shapes if isinstance(shape, Curve)):
        for left, top, right, bottom in boxes:
            assert not any(left + 1 < x < right - 1 and top < y < bottom for x, y in sample(curve.points, 2))


def test_every_relation_has_a_colour_and_a_dash_pattern_of_its_own():
    looks = [STYLES[relation] for relation in WORDS]
    for one, other in combinations(looks, 2):
        assert one.stroke != other.stroke
        assert one.dash != other.dash


def test_letters_are_legible_on_light_and_on_dark_paper():
    def light(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for name in {style.fill for style in STYLES.values() if style.size}:
        for colour, paper in zip(COLOURS[name], COLOURS["paper"], strict=True):
            dark, bright = sorted((light(colour), light(paper)))
            assert (bright + 0.05) / (dark + 0.05) >= 4.5, name


def test_a_legend_has_the_relations_that_are_drawn_and_no_others():
    drawing = lineage_drawing(family())
    keys = {shape.text for shape in drawing.shapes if isinstance(shape, Text) and shape.style == "key"}
    assert set(WORDS.values()) <= keys
    few = lineage_drawing(lineage_of([("a", "2001", None), ("b", "2002", None)], [("b", "forkOf", "a")]))
    keys = {shape.text for shape in few.shapes if isinstance(shape, Text) and shape.style == "key"}
    assert keys == {"fork", "framework", "only the year known"}


def marks(drawing):
    return {
        shape.hover.partition(":")[0]: shape for shape in drawing.shapes if isinstance(shape, Circle) and shape.hover
    }


def test_time_runs_from_left_to_right():
    found = marks(lineage_drawing(family()))
    dated = ["Kettle", "Teapot", "Samovar", "Boiler", "Steamer", "Cup", "Mug"]
    assert [found[name].x for name in dated] == sorted(found[name].x for name in dated)


def test_a_project_without_a_date_stands_between_its_neighbours_and_is_marked():
    found = marks(lineage_drawing(family()))
    assert found["Samovar"].x < found["Urn"].x < found["Steamer"].x
    assert [found[name].style for name in ("Samovar", "Urn")] == ["framework", "undated"]


def test_projects_without_any_date_are_drawn_all_the_same():
    graph = lineage_of([("a", None, None), ("b", None, None)], [("b", "forkOf", "a"), ("a", "inspiredBy", "b")])
    found = marks(lineage_drawing(graph))
    assert found["A"].x != found["B"].x


def test_families_stand_in_lanes_of_their_own_the_largest_first():
    graph = family()
    graph.add_node("pan", label="Pan", kind="component", released="2002")
    graph.add_edge("pan", "pot", relation="forkOf")
    graph.nodes["pot"]["label"] = "Pot"
    headings = [s.text for s in lineage_drawing(graph).shapes if isinstance(s, Text) and s.style == "heading"]
    assert headings == ["Kettle", "Pan", "No descent known"]


@pytest.mark.parametrize(
    ("text", "length"), [("2004", 1), ("2004-02", 29 / 366), ("2005-02-11", 1 / 365), ("2004-12-31", 1 / 366)]
)
def test_a_date_is_as_long_as_it_is_uncertain(text, length):
    moment = read_moment(text)
    assert moment.end - moment.start == pytest.approx(length)


@pytest.mark.parametrize("text", ["soon", "2004-13", "2004-1", "20040211x"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ExportError, match="write YYYY-MM-DD"):
        lineage_drawing(lineage_of([("a", text, None), ("b", "2001", None)], []))


def test_what_is_not_lineage_is_refused():
    with pytest.raises(ExportError, match=r"take g\.to_networkx\('lineage'\)"):
        lineage_drawing(requirements())


def test_circles_of_requirements_are_drawn_and_said():
    drawing = dependency_drawing(requirements())
    lines = [shape for shape in drawing.shapes if isinstance(shape, Curve)]
    assert len(lines) == 8
    assert any("closes a circle" in shape.text for shape in drawing.shapes if isinstance(shape, Text))


def test_a_requirement_is_right_of_what_requires_it():
    graph = networkx.MultiDiGraph([("a", "b"), ("b", "c"), ("a", "c")])
    boxes = [shape_box(s).left for s in dependency_drawing(graph).shapes if s.style in ("node", "node-root")]
    assert boxes == sorted(boxes)
    assert len(set(boxes)) == 3


def test_states_of_a_matrix_are_told_apart_by_shape():
    def drawn(state):
        drawing = matrix_drawing(Matrix(("A",), (Group("G", (MatrixRow("R", (MatrixCell(state),)),)),)))
        shapes = [s for s in drawing.shapes if not isinstance(s, Text) and getattr(s, "hover", "")]
        return tuple((type(s).__name__, s.style, len(getattr(s, "points", ()))) for s in shapes)

    looks = {state: drawn(state) for state in STATES}
    assert looks.pop("unknown") == ()
    assert len(set(looks.values())) == len(looks)
    outlines = [(kind, points, STYLES[style].dash) for look in looks.values() for kind, style, points in look[:1]]
    assert len(set(outlines)) == len(outlines)


def test_a_matrix_says_through_what():
    texts = [s.text for s in matrix_drawing(matrix()).shapes if isinstance(s, Text)]
    assert "part 1" in texts


@pytest.mark.parametrize(
    ("cells", "message"),
    [((), "give one for each"), ((MatrixCell("maybe"),), "there are built in, official extension")],
)
def test_a_matrix_that_does_not_add_up_is_refused(cells, message):
    with pytest.raises(ExportError, match=message):
        matrix_drawing(Matrix(("A",), (Group("G", (MatrixRow("R", cells),)),)))


def test_majors_are_larger_and_pre_releases_hollow():
    drawing = release_drawing(
        [("A", "1.0", "2001-01-01", False), ("A", "1.1", "2001-06-01", False), ("A", "2.0b1", "2002", True)]
    )
    found = {shape.hover: shape for shape in drawing.shapes if isinstance(shape, Circle) and shape.hover}
    assert found["A 1.0, 2001-01-01"].radius > found["A 1.1, 2001-06-01"].radius
    assert STYLES[found["A 2.0b1, 2002"].style].fill == "paper"


def test_releases_without_a_date_are_counted():
    drawing = release_drawing([("A", "1.0", "2001-01-01", False), ("A", "1.1", "", False)])
    assert "Not drawn: 1 without a date" in " ".join(shape.text for shape in drawing.shapes if isinstance(shape, Text))


@pytest.mark.parametrize(
    ("drawing", "sentence"),
    [
        (lineage_drawing(networkx.MultiDiGraph()), "There are no projects to draw."),
        (lineage_drawing(lineage_of([("a", "2001", None)], [])), "There is one project, A, and no relation to draw."),
        (dependency_drawing(networkx.MultiDiGraph()), "There are no projects to draw."),
        (matrix_drawing(Matrix((), ())), "There are no features or no projects to compare."),
        (release_drawing([]), "There are no dated releases to draw."),
    ],
)
def test_a_picture_of_nothing_says_so(drawing, sentence):
    assert sentence in [shape.text for shape in drawing.shapes]
    assert drawing.height < 100


def test_labels_that_are_markup_are_text():
    graph = lineage_of([(text or "x", "2001", None) for text in NASTY], [])
    for node in graph:
        graph.nodes[node]["label"] = node + "\x00"
    assert len(ET.fromstring(to_svg(lineage_drawing(graph))).findall(f".//{SVG}text")) > len(NASTY)


SAME = """
from tests.test_picture import *
for drawing in (lineage_drawing(family()), dependency_drawing(requirements()), matrix_drawing(matrix()), release_drawing(releases())):
    print(to_svg(drawing))
print(lineage_mermaid(family()), dependency_mermaid(requirements()))
"""


def test_the_same_input_gives_the_same_bytes_in_every_process():
    made = {
        subprocess.run(
            [sys.executable, "-c", SAME], capture_output=True, check=True, env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)}
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(made) == 1
    assert len(made.pop()) > 10_000


def test_the_order_of_nodes_and_edges_does_not_matter():
    graph, turned = family(), networkx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(graph.edges(data=True))))
    assert to_svg(lineage_drawing(turned)) == to_svg(lineage_drawing(graph))


def test_axes_show_the_same_shapes_on_light_and_on_dark():
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    drawing = lineage_drawing(family())
    halos = sum(STYLES[shape.style].halo for shape in drawing.shapes)
    seen = []
    for paper in ("white", "black"):
        figure, axes = pyplot.subplots()
        axes.set_facecolor(paper)
        assert to_axes(drawing, axes) is axes
        assert len(axes.patches) == len(drawing.shapes) + halos + 1
        seen.append([patch.get_facecolor() for patch in axes.patches])
        figure.canvas.draw()
        pyplot.close(figure)
    assert seen[0] != seen[1]


def test_axes_of_their_own_have_the_size_of_the_drawing():
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    axes = to_axes(Drawing(960, 480, "T", "D", (Circle(5, 5, 4, "framework"), Text(1, 9, "$x", "label"))))
    assert tuple(axes.figure.get_size_inches()) == (10, 5)
    axes.figure.canvas.draw()
    pyplot.close(axes.figure)


def test_without_matplotlib_axes_say_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ExportError, match=r"pip install 'pyfwgraph\[notebook\]'"):
        to_axes(lineage_drawing(family()))


def test_importing_pictures_loads_nothing_heavy():
    code = "import sys, pyfwgraph.export.picture; print({'networkx', 'matplotlib', 'packaging'} & set(sys.modules))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "set()"


def test_widths_of_letters_are_those_of_a_font_with_these_metrics():
    from matplotlib.font_manager import fontManager
    from matplotlib.textpath import TextPath

    at_hand = [name for name in FAMILIES if name in fontManager.get_font_names()]
    path = TextPath((0, 0), "Powertools for AWS Lambda", size=12, prop={"family": at_hand[0]})
    assert text_width("Powertools for AWS Lambda", 12) == pytest.approx(path.get_extents().x1, rel=0.2)


LABEL = r'"(?:[^"`<>]|#\d+;)*"'
NODE = rf"n\d+\[{LABEL}\]"
LINE = re.compile(
    rf"    (?:    )?{NODE}|    subgraph family\d+\[{LABEL}\]|    end|    n\d+ (?:-->|-\.->|==>)(?:\|{LABEL}\|)? n\d+"
)


def is_flowchart(text):
    """Whether every line is a node, a line between nodes, or the start or end of a subgraph, and subgraphs are closed."""
    first, *lines = text.splitlines()
    opened = [line.split()[0] for line in lines if line.split()[0] in ("subgraph", "end")]
    paired = opened[::2] == ["subgraph"] * (len(opened) // 2) and opened[1::2] == ["end"] * (len(opened) // 2)
    known = set(re.findall(r"^ +(n\d+)\[", text, re.MULTILINE))
    ends = {name for line in lines for name in re.findall(r"^    (n\d+) [-=].* (n\d+)$", line) for name in name}
    return first == "flowchart LR" and all(map(LINE.fullmatch, lines)) and paired and ends <= known


def test_mermaid_texts_are_flowcharts(packaged):
    assert is_flowchart(lineage_mermaid(family()))
    assert is_flowchart(lineage_mermaid(packaged.to_networkx("lineage")))
    assert is_flowchart(dependency_mermaid(requirements()))


def test_labels_in_mermaid_are_no_markup():
    graph = networkx.MultiDiGraph()
    for i, label in enumerate(NASTY):
        graph.add_node(str(i), label=label)
        graph.add_edge(str(i), "0", relation="requires", specifier=label)
    assert is_flowchart(dependency_mermaid(graph))


def test_a_mermaid_text_of_nothing_says_so():
    assert lineage_mermaid(networkx.MultiDiGraph()) == 'flowchart LR\n    empty["no projects"]\n'
    assert dependency_mermaid(networkx.MultiDiGraph()) == lineage_mermaid(networkx.MultiDiGraph())
