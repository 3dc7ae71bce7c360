from widgets.shape_tracer.explorer import ShapeTracer as ShapeTracer
