// Measures contrast as it is painted: text against its ground, and each drawn shape against what it stands on.
// Gives one entry for each pair of colours that is too close. In forced colours the reader chose every pair, so there a shape is
// held against the page alone: it must not vanish. A hatching is held against the shape under it, there too.
window.measureContrast = forced => {
  // Shapes that carry nothing alone, by class, and why they may be faint.
  const decorative = {
    tick: 'lines behind the drawing; each has a label',
    period: 'the ground of the period; its bounds are lines of their own',
    plate: 'the ground under a word',
    grid: 'lines behind the drawing',
  };
  // The empty part of a bar: the number stands beside it.
  const tracks = '.share rect:first-child';

  const parse = text => {
    const parts = text.match(/^rgba?\(([^)]*)\)/);
    if (!parts) return null;
    const [red, green, blue, alpha = 1] = parts[1].split(/[\s,\/]+/).map(Number);
    return {red, green, blue, alpha};
  };
  const over = (front, back) => ({
    red: front.red * front.alpha + back.red * (1 - front.alpha),
    green: front.green * front.alpha + back.green * (1 - front.alpha),
    blue: front.blue * front.alpha + back.blue * (1 - front.alpha), alpha: 1});
  const channel = value => { const part = value / 255; return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4; };
  const light = colour => 0.2126 * channel(colour.red) + 0.7152 * channel(colour.green) + 0.0722 * channel(colour.blue);
  const ratio = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const show = colour => '#' + ['red', 'green', 'blue'].map(part => Math.round(colour[part]).toString(16).padStart(2, '0')).join('');
  const name = element => element.tagName.toLowerCase()
    + (element.getAttribute('class') || '').split(/\s+/).filter(Boolean).map(one => '.' + one).join('');
  const label = element => [element.parentElement && element.parentElement.parentElement, element.parentElement, element].filter(Boolean).map(name).join(' > ');

  // The colour under an element of the page.
  const canvas = (() => {
    const probe = document.createElement('div');
    probe.style.cssText = 'background-color: Canvas';
    document.body.append(probe);
    const colour = parse(getComputedStyle(probe).backgroundColor);
    probe.remove();
    return colour;
  })();
  const grounds = new Map();
  const groundOf = element => {
    if (!element) return canvas;
    if (!grounds.has(element)) {
      const own = parse(getComputedStyle(element).backgroundColor);
      grounds.set(element, own && own.alpha === 1 ? own : own && own.alpha > 0 ? over(own, groundOf(element.parentElement)) : groundOf(element.parentElement));
    }
    return grounds.get(element);
  };

  const found = new Map();
  const demand = (element, colour, ground, least) => {
    const painted = colour.alpha < 1 ? over(colour, ground) : colour;
    const value = ratio(painted, ground);
    // Colours are rounded to whole steps, so a hair below the bound is the bound.
    if (value >= least - 0.005) return;
    const entry = {element: label(element), ratio: value, colour: show(painted), ground: show(ground), least};
    found.set(name(element) + entry.colour + entry.ground, entry);
  };

  // What a shape is painted with: a plain colour, or the ink of a pattern.
  const paint = (shape, property) => {
    const style = getComputedStyle(shape);
    if (property === 'stroke' && parseFloat(style.strokeWidth) === 0) return null;
    const pattern = style[property].match(/^url\(["']?#([^"')]+)/);
    if (pattern) {
      const ink = document.getElementById(pattern[1]);
      return ink && ink.lastElementChild ? paint(ink.lastElementChild, 'fill') || paint(ink.lastElementChild, 'stroke') : null;
    }
    const colour = parse(style[property]);
    if (!colour) return null;
    colour.alpha *= Number(style[property + 'Opacity']) * Number(style.opacity);
    return colour.alpha > 0 ? colour : null;
  };

  // What reaches beyond a shape is seen there.
  const holds = (outer, inner) => outer.left <= inner.left + 1 && outer.right >= inner.right - 1
    && outer.top <= inner.top + 1 && outer.bottom >= inner.bottom - 1;

  for (const drawing of document.querySelectorAll('svg')) {
    if (drawing.parentElement.closest('svg') || !drawing.checkVisibility()) continue;
    const below = [];
    for (const shape of drawing.querySelectorAll('rect, path, line, circle, ellipse, polygon, polyline, text')) {
      if (shape.closest('defs, pattern, clipPath, mask, symbol')) continue;
      const box = shape.getBoundingClientRect();
      const patterned = getComputedStyle(shape).fill.startsWith('url(');
      const under = !forced || patterned ? below.findLast(one => holds(one.box, box)) : null;
      const ground = under ? under.colour : groundOf(drawing);
      const fill = paint(shape, 'fill'), stroke = paint(shape, 'stroke');
      if (shape.tagName === 'text') {
        if (fill && shape.textContent.trim()) demand(shape, fill, ground, 4.5);
        continue;
      }
      const classes = [...shape.classList];
      const empty = shape.tagName !== 'line' && (box.width === 0 || box.height === 0);
      if ((fill || stroke) && !empty && !classes.some(one => one in decorative) && !shape.matches(tracks)) {
        const inks = shape.tagName === 'line' ? [stroke] : [fill, stroke];
        const best = inks.filter(Boolean).sort((a, b) => ratio(over(b, ground), ground) - ratio(over(a, ground), ground))[0];
        if (best) demand(shape, best, ground, 3);
      }
      if (fill && !patterned && shape.tagName !== 'line') below.push({box, colour: over(fill, ground)});
    }
  }

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const done = new Set();
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || done.has(element) || element.closest('svg, .skip, .unseen')) continue;
    done.add(element);
    if (!element.checkVisibility({visibilityProperty: true})) continue;
    const style = getComputedStyle(element);
    const colour = parse(style.color);
    const size = parseFloat(style.fontSize), heavy = Number(style.fontWeight) >= 700;
    if (colour) demand(element, colour, groundOf(element), size >= 24 || (heavy && size >= 18.66) ? 3 : 4.5);
  }
  return [...found.values()];
};
