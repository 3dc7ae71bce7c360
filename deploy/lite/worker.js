// Put before JupyterLite's service worker: tells the page how much of Python has come, and answers where the site does not.
{
  const GONE = __GONE__;
  const PATIENCE = 8000; // ms for a page; what is large may take longer
  const page = new BroadcastChannel("nn-site");
  const ask = self.fetch.bind(self);

  const counted = answer => new Response(answer.body.pipeThrough(new TransformStream({
    transform(chunk, flow) {
      page.postMessage({bytes: chunk.byteLength});
      flow.enqueue(chunk);
    },
  })), answer);

  self.fetch = async (request, options) => {
    const url = new URL(request.url ?? request, location.href);
    const python = /\.(wasm|whl|zip)$/.test(url.pathname);
    const waiting = request.mode === "navigate" ? {signal: AbortSignal.timeout(PATIENCE)} : options;
    const late = python && setTimeout(() => page.postMessage({failed: url.host}), PATIENCE);
    try {
      const answer = await ask(request, waiting);
      return python && answer.ok && answer.body ? counted(answer) : answer;
    } catch (error) {
      if (request.mode === "navigate") return new Response(GONE, {headers: {"Content-Type": "text/html; charset=utf-8"}});
      if (python || /pyodide[^/]*$/.test(url.pathname)) page.postMessage({failed: url.host});
      throw error;
    } finally {
      clearTimeout(late);
    }
  };
}
