"""Takes parts of a network away that nobody asks for: the mask of the person costs the smallest pose model half of its time."""

import struct

from ai_edge_litert.schema_py_generated import Model, Operator, SubGraph

_OUTPUTS, _OPERATORS = 8, 10
"""Where a graph's table says where these lie (TensorFlow Lite's schema)."""


def without_output(content: bytes, elements: int) -> bytes:
    """Return a network without the output of so many elements, and without all that only serves it.

    Nothing is packed anew: the lists of outputs and of operators are shortened where they stand.
    """
    graph = Model.GetRootAs(content, 0).Subgraphs(0)
    outputs = [graph.Outputs(k) for k in range(graph.OutputsLength())]
    wanted = [tensor for tensor in outputs if _elements(graph, tensor) != elements]
    operators = [graph.Operators(k) for k in range(graph.OperatorsLength())]
    needed, kept = set(wanted), list[Operator]()
    for operator in reversed(operators):
        if any(operator.Outputs(k) in needed for k in range(operator.OutputsLength())):
            kept.append(operator)
            needed.update(operator.Inputs(k) for k in range(operator.InputsLength()))
    data = bytearray(content)
    _shorten(data, _start(graph, _OUTPUTS), wanted)
    start = _start(graph, _OPERATORS)
    # A table is found by how far it lies from the place that names it.
    _shorten(data, start, [one._tab.Pos - (start + 4 * k) for k, one in enumerate(reversed(kept))])
    return bytes(data)


def _elements(graph: SubGraph, tensor: int) -> int:
    count, shape = 1, graph.Tensors(tensor)
    for k in range(shape.ShapeLength()):
        count *= shape.Shape(k)
    return count


def _start(graph: SubGraph, field: int) -> int:
    table = graph._tab
    return int(table.Vector(table.Offset(field)))


def _shorten(data: bytearray, start: int, values: list[int]) -> None:
    """Write a shorter list in the place of one."""
    struct.pack_into(f"<I{len(values)}i", data, start - 4, len(values), *values)
