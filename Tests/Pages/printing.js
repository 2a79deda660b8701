// Marks and gathers the text of a page, on screen and on paper.
window.shownText = () => {
  const shown = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement;
    if (!node.data.trim() || element.closest('title, desc, .unseen') || !element.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width > 1 && box.height > 1) shown.add(node);
  }
  return shown;
};
window.rememberScreen = () => { window.screenText = window.shownText(); };

window.paperFacts = (pageWidth, wideWidth, pageHeight, ways) => {
  const printed = window.shownText();
  const wide = getComputedStyle(document.body).page === 'wide';
  const place = element => element.outerHTML.slice(0, 160);
  const hidden = [...window.screenText].filter(node => !printed.has(node) && !node.parentElement.closest(ways))
    .map(node => ({html: place(node.parentElement), text: node.data.trim().slice(0, 80)}));
  const clipped = [];
  for (const element of document.body.querySelectorAll('*')) {
    if (!element.checkVisibility() || element.closest('title, defs, .unseen, ' + ways)) continue;
    const style = getComputedStyle(element);
    const width = wide ? wideWidth : pageWidth;
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    const inDrawing = element.ownerSVGElement;
    const within = inDrawing ? inDrawing.getBoundingClientRect() : {left: 0, right: width};
    // Half a collapsed border, or half a stroke of a drawing, may reach over; the margin is paper too.
    const spare = inDrawing ? 3 : 2;
    if (box.right > within.right + spare || box.left < within.left - spare)
      clipped.push({html: place(element), why: `reaches from ${Math.round(box.left)} to ${Math.round(box.right)} px; the paper ends at ${Math.round(within.right)}`});
    else if (!inDrawing && style.overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1)
      clipped.push({html: place(element), why: `holds ${element.scrollWidth} px in ${element.clientWidth} and would be cut`});
    if (element.tagName === 'svg' && box.height > pageHeight)
      clipped.push({html: place(element), why: `is ${Math.round(box.height)} px high; a page holds ${pageHeight}`});
  }
  const tables = [...document.querySelectorAll('main table')].filter(one => one.tHead && one.checkVisibility()).map(table => ({
    name: table.className, head: table.tHead.innerText,
    rows: [...table.tBodies].flatMap(body => [...body.rows]).map(row => row.innerText)}));
  // A link into the page itself needs no target on paper, nor one whose text is the target.
  const elsewhere = link => link.href.split('#')[0] !== location.href.split('#')[0]
    && link.getAttribute('href').replace(/^(\.\.\/)+/, '') !== link.textContent.trim();
  const links = [...document.querySelectorAll('main .doors a, main .more a, main .prose p a, main .prose li a, main .facts dd > a')]
    .filter(one => one.checkVisibility() && elsewhere(one))
    .map(one => ({html: place(one), address: one.getAttribute('href'), shown: getComputedStyle(one, '::after').content.includes(one.getAttribute('href'))}));
  return {hidden, clipped: clipped.slice(0, 5), tables, links, text: [...printed].map(node => node.data), wide};
};
