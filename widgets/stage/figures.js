// Numbers as text, and the round ones of an axis.

export function signed(value, digits = 3) {
  if (value === null || Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  const text = size !== 0 && (size < 10 ** -digits || size >= 1e5) ? size.toExponential(1) : size.toFixed(size >= 100 ? 1 : digits);
  return (value < 0 ? "−" : "") + text;
}

export const tidied = (value) => String(Number(value.toPrecision(6))).replace("-", "−");

// The next of 1, 2, 5, 10, … times a power of ten that is as large.
export function nice(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * [1, 2, 5, 10].find((factor) => factor * power >= value * (1 - 1e-9));
}

// About four round numbers from `low` to `high`.
export function ticks(low, high) {
  const step = nice((high - low) / 4);
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, k) => (first + k) * step);
}

export const within = (value, [low, high]) => Math.min(high, Math.max(low, value));
