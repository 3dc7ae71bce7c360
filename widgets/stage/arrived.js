// What has come from Python: arrays as bytes, and frames without what they have in common with those before.

// The numbers of an array packed by `packed` of browser.py.
export function numbers({ data, type }) {
  const kinds = { float32: Float32Array, uint8: Uint8Array, int8: Int8Array };
  const view = ArrayBuffer.isView(data) ? data : new DataView(data);
  return new kinds[type](view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
}

// A frame with the parts that it has in common with those before it (lean.py): these are the same objects each time.
export function assembled(told, kept) {
  if (told === null || typeof told !== "object" || ArrayBuffer.isView(told) || told instanceof ArrayBuffer) return told;
  if (Array.isArray(told)) return told.map((one) => assembled(one, kept));
  if (typeof told.kept === "string") return kept[told.kept];
  return Object.fromEntries(Object.entries(told).map(([name, one]) => [name, assembled(one, kept)]));
}
