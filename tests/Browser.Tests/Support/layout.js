// Returns a sentence for each visible text that is cut or lies over another, and for a page that is wider than its window.
() => {
  const problems = [];
  const root = document.documentElement;
  if (root.scrollWidth > window.innerWidth) problems.push(`the page is ${root.scrollWidth} wide in a window of ${window.innerWidth}`);
  const boxes = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const owner = node.parentElement;
    if (!node.nodeValue.trim() || owner.closest("script, style, title, desc, noscript, option, datalist")) continue;
    if (!owner.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue;
    const picture = owner.closest("svg");
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      if (rect.width < 1 || rect.height < 1) continue;
      const text = node.nodeValue.trim().slice(0, 60);
      // The skip link waits outside the window until it has the focus.
      if (rect.right < 0) continue;
      const frame = picture ? picture.getBoundingClientRect() : null;
      if (frame && (rect.left < frame.left - 1 || rect.right > frame.right + 1 || rect.top < frame.top - 2 || rect.bottom > frame.bottom + 2)) {
        problems.push(`"${text}" leaves its picture: ${Math.round(rect.left - frame.left)} to ${Math.round(rect.right - frame.left)} of ${Math.round(frame.width)}`);
      }
      if (!picture) {
        for (let box = owner; box && box !== document.body; box = box.parentElement) {
          const style = getComputedStyle(box);
          if (style.overflowX === "visible" && style.overflowY === "visible") continue;
          if (style.overflowX === "auto" || style.overflowX === "scroll") break;
          const edge = box.getBoundingClientRect();
          if (rect.right > edge.right + 1 || rect.left < edge.left - 1) problems.push(`"${text}" is cut`);
          break;
        }
      }
      // A line's box is taller than its letters: the middle of it is where they stand.
      boxes.push({ text, picture, owner, left: rect.left + 1, right: rect.right - 1, top: rect.top + rect.height * .25, bottom: rect.bottom - rect.height * .25 });
    }
  }
  boxes.sort((a, b) => a.top - b.top);
  for (let i = 0; i < boxes.length; i++) {
    for (let j = i + 1; j < boxes.length && boxes[j].top < boxes[i].bottom; j++) {
      const [a, b] = [boxes[i], boxes[j]];
      if (a.owner === b.owner) continue;
      const [wide, high] = [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
      if (wide > 1 && high > 1) problems.push(`"${a.text}" and "${b.text}" lie over each other by ${Math.round(wide)} x ${Math.round(high)}`);
    }
  }
  return problems;
}
