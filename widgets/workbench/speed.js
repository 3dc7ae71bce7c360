// While the network trains at speed: light dashes that run back along each weight, as fast as its gradient is large.
import { numbers } from "../stage/arrived.js";
import { along } from "../stage/wires.js";

const [DASH, GAP, FASTEST] = [4, 24, 90]; // pixels, and pixels in a second

export function speedOver() {
  let amounts = null, gone = [], last = 0;

  return {
    // told: for each layer the sizes of its gradients, from 0 to 127, or null where nothing runs.
    show(told) { amounts = told?.map((one) => ({ sizes: numbers(one), wide: one.shape[1] })); },
    over(pen, theme, { curves }) {
      if (!amounts) return;
      const now = performance.now(), passed = Math.min(100, now - last) / 1000;
      last = now;
      pen.strokeStyle = theme.paper;
      pen.lineWidth = 1.6;
      pen.setLineDash([DASH, GAP]);
      gone = curves.map((curve, at) => {
        const { sizes, wide } = amounts[curve.layer], size = sizes[curve.row * wide + curve.column] / 127;
        pen.lineDashOffset = ((gone[at] ?? 0) + passed * FASTEST * size) % (DASH + GAP);
        if (size) along(pen, curve);
        return pen.lineDashOffset;
      });
      pen.setLineDash([]);
    },
  };
}
