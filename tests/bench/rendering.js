// Streams answers of several kinds, and measures what a token costs early and late. An expression.
async ([folder, kinds, tokens]) => {
  const { AnswerText } = await import(`${folder}/page/answer_text.js`);
  const { formulasReady } = await import(`${folder}/page/math.js`);
  const { grammarsReady } = await import(`${folder}/page/highlight.js`);
  const log = document.getElementById("conversation");
  const shares = 10;
  const results = {};
  let longest = 0;
  const watch = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  });
  const place = () => {
    const text = new AnswerText(() => {});
    log.append(text.element);
    return text;
  };
  const stream = async (source, count) => {
    const text = place();
    const size = 4;
    const scripts = new Array(shares).fill(0);
    const layouts = new Array(shares).fill(0);
    for (let n = 0; n < count; n++) {
      const began = performance.now();
      text.append(source.slice(n * size, (n + 1) * size));
      text.flush();
      const rendered = performance.now();
      text.element.offsetHeight;
      const share = Math.floor((n * shares) / count);
      scripts[share] += rendered - began;
      layouts[share] += performance.now() - rendered;
      if (n % 50 === 0) await new Promise((resolve) => setTimeout(resolve));
    }
    text.element.remove();
    const each = (ms) => (ms * 1000 * shares) / count;
    return { ours: scripts.map(each), layout: layouts.map(each) };
  };
  // What is loaded lazily is here before anything is measured.
  await stream("$x$\n\n```python\n1\n```\n\nx\n\ny\n\n", 10);
  await Promise.all([formulasReady(), grammarsReady()]);
  for (const [name, source] of Object.entries(kinds.streamed))
    results[name] = await stream(source, tokens);
  const tasks = {};
  watch.observe({ type: "longtask" });
  for (const [name, source] of Object.entries(kinds.heavy)) {
    longest = 0;
    const text = place();
    for (let at = 0; at < source.length; at += 2000) {
      text.append(source.slice(at, at + 2000));
      await new Promise(requestAnimationFrame);
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    const streamed = longest;
    text.finish();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const ended = longest;
    longest = 0;
    const again = place();
    again.append(source);
    again.finish();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    tasks[name] = [streamed, ended, longest];
    text.element.remove();
    again.element.remove();
  }
  return { costs: results, tasks };
}
