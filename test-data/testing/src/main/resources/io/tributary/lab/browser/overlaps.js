(() => {
  // Every piece of text that is seen, with its place; what a box with a scroll bar hides is not seen.
  const seen = [];
  const faults = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    if (!node.data.trim() || parent.closest("script, style, noscript, [hidden]")) continue;
    const scroll = parent.closest(".scroll");
    const limit = scroll ? scroll.getBoundingClientRect().right : innerWidth;
    const svg = parent.closest("svg");
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const r of range.getClientRects()) {
      if (r.width === 0 || (scroll && r.left >= limit)) continue;
      const text = node.data.trim();
      if (!scroll && (r.right > limit + 1 || r.left < -1)) faults.push("outside: " + text);
      if (svg) {
        const own = svg.getBoundingClientRect();
        if (r.right > own.right + 1 || r.left < own.left - 1 || r.bottom > own.bottom + 2 || r.top < own.top - 2) faults.push("cut off: " + text);
      }
      seen.push({ text, left: r.left, right: Math.min(r.right, limit), top: r.top, bottom: r.bottom });
    }
  }
  for (let i = 0; i < seen.length; i++) {
    for (let k = i + 1; k < seen.length; k++) {
      const a = seen[i], b = seen[k];
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 1 && high > 4) faults.push(a.text + " | " + b.text);
    }
  }
  if (document.documentElement.scrollWidth > innerWidth) faults.push("the page is wider than the window: " + document.documentElement.scrollWidth);
  return { texts: seen.length, faults };
})()
